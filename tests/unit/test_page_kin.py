"""A story in several blocks of a page, and what only stands beside one."""

from lxml import html

from tasks.core.page.kin import list_kin

FIRST = [f"The first block of the story has its paragraph number {n}, which was extracted." for n in range(4)]
SECOND = [f"Behind the advertisement the story goes on with paragraph number {n} of it." for n in range(4)]


def _page(*blocks: tuple[str, list[str]]) -> html.HtmlElement:
    told = "".join(f"<div>{''.join(f'<p class={kind!r}>{each}</p>' for each in lines)}</div>" for kind, lines in blocks)
    return html.fromstring(f"<html><body>{told}</body></html>")


def test_a_second_block_of_the_same_kind_belongs_to_the_story_and_its_order_is_kept() -> None:
    tree = _page(("story", FIRST), ("story", SECOND))

    assert list_kin(tree, "\n\n".join(FIRST)) == FIRST + SECOND
    assert list_kin(tree, "\n\n".join(SECOND)) == FIRST + SECOND


def test_a_paragraph_that_stands_twice_is_told_once() -> None:
    tree = _page(("story", FIRST), ("story", FIRST[:1] + SECOND))

    assert list_kin(tree, "\n\n".join(FIRST)) == FIRST + SECOND


def test_teasers_of_another_kind_stay_out() -> None:
    assert list_kin(_page(("story", FIRST), ("teaser", SECOND)), "\n\n".join(FIRST)) == []


def test_a_few_notices_of_the_same_kind_do_not_make_a_block() -> None:
    assert list_kin(_page(("story", FIRST), ("story", SECOND[:2])), "\n\n".join(FIRST)) == []


def test_paragraphs_without_a_class_say_nothing() -> None:
    tree = html.fromstring("<html><body>" + "".join(f"<p>{each}</p>" for each in FIRST + SECOND) + "</body></html>")

    assert list_kin(tree, "\n\n".join(FIRST)) == []
