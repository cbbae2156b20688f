"""Which languages are read: English whole, Russian for its topics, all others not at all."""

import pytest

from tasks.core.model import Story
from tasks.core.reading import read
from tests.catalog import builtin_catalog

CATALOG = builtin_catalog()

# All tell of war or talks, some in words that mean something else in a language with rules ("war" is German for "was").
NOT_READ = {
    "uk": "Міністри закордонних справ обох країн домовилися про перемир'я; обстріл прикордонного містечка припинився, повідомив уряд.",
    "fr": "Les ministres des deux pays ont signé un accord de paix à Genève, et les tirs de roquettes ont cessé le long de la frontière.",
    "de": "Der Krieg war lang, und der Minister war in Genf, wo die Waffenruhe unterzeichnet wurde; am Abend war die Grenze wieder offen.",
    "es": "Los presidentes firmaron en Lima un acuerdo de paz después de meses de ataques con misiles, informó el gobierno el martes.",
    "ar": "أعلن وزيرا خارجية البلدين وقف إطلاق النار بعد أسابيع من القصف على طول الحدود، وقالت الحكومة إن المحادثات مستمرة.",
    "tr": "İki ülkenin dışişleri bakanları ateşkes konusunda anlaştı; sınır boyunca haftalarca süren bombardıman sona erdi, dedi hükümet.",
    "zh": "两国外长周二在日内瓦签署停火协议，边境炮击数周后停止。政府发言人说，和平谈判将于下月在首都继续举行，双方代表团已经抵达。联合国秘书长对此表示欢迎，并呼吁各方保持克制，恢复边境地区居民的正常生活。",
}


@pytest.mark.parametrize("lang", NOT_READ)
def test_a_story_in_a_language_without_rules_is_kept_as_not_read(lang):
    reading = read(Story(text=NOT_READ[lang], title=None, published_at=None, wire=None), CATALOG)
    assert reading.lang == lang
    assert (reading.topics, reading.actors, reading.quotes, reading.citations, reading.meetings) == (None,) * 5


def test_of_a_russian_story_topics_are_read_and_nothing_is_said_of_the_rest():
    text = "Президенты Судана и Чада подписали в Аддис-Абебе мирное соглашение, обстрел границы прекращён, сообщил министр."
    reading = read(Story(text=text, title=None, published_at=None, wire=None), CATALOG)
    assert reading.lang == "ru"
    assert {tag.topic for tag in reading.topics} >= {"diplomacy.peace", "conflict.attack"}
    assert (reading.actors, reading.quotes, reading.citations, reading.meetings) == (None,) * 4


def test_a_russian_story_on_another_subject_is_read_and_has_no_topics():
    text = (
        "Сборная выиграла матч чемпионата, нападающий нанёс два точных удара по воротам, и стадион долго не расходился."
    )
    reading = read(Story(text=text, title=None, published_at=None, wire=None), CATALOG)
    assert reading.topics == ()


def test_evidence_of_inflected_words_covers_whole_words():
    text = "Обстрелами городов России и Украины занялись следователи; российскими, украинскими ракетами сбиты беспилотники."
    reading = read(Story(text=text, title=None, published_at=None, wire=None), CATALOG)
    words = {proof.text for tag in reading.topics for proof in tag.evidence}
    assert "Обстрелами" in words
    assert all(text[end : end + 1] in " ,;." for tag in reading.topics for end in (p.end for p in tag.evidence))
