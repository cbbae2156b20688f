"""Pages that are made to cost minutes, gigabytes or the process, under every size limit. All of them invented."""

from __future__ import annotations

from tasks.edge.pool import PageBytes

_STORY = b"<article><h1>Talks</h1><p>Envoys met in the harbour town on Tuesday, and nobody said why.</p></article>"


def hostile_pages() -> dict[str, PageBytes]:
    """The pages by name."""
    return {
        "300,000 attributes on one tag": _page(b"<body " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">"),
        "300,000 links": _page(b"<body>" + b"<a href=/>x</a>" * 300_000),
        "100,000 nested divs": _page(b"<body>" + b"<div>" * 100_000),
        "a text of 10 MB": _page(b"<body><p>" + b"word " * 2_000_000 + b"</p>"),
        "a text of 4.9 MB": _page(b"<body><p>" + b"word " * 980_000 + b"</p>"),
        "50,000 rows of a table": _page(b"<body><table>" + b"<tr><td>a<td>b<td>c" * 50_000 + b"</table>"),
        "200,000 open spans": _page(b"<body>" + b"<span>a " * 200_000),
        "a script of 4.9 MB": _page(b"<body><script>" + b"x=1;" * 1_225_000 + b"</script>"),
        "JSON-LD nested 200,000 deep": _page(
            b"<body><script type='application/ld+json'>" + b"[" * 200_000 + b"]" * 200_000 + b"</script>"
        ),
        "4 MB of entities": _page(b"<body><p>" + b"&amp;" * 800_000 + b"</p>"),
        "4 MB of unfinished tags": _page(b"<body>" + b"<" * 4_000_000),
    }


def _page(opening: bytes) -> PageBytes:
    return b"<html>" + opening + _STORY, "text/html", "https://harbour.example/hostile"
