"""Texts that no wire would send, by name: what a reader must get through in time that grows with their length."""

from __future__ import annotations

from collections.abc import Callable


def _repeat(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _invent_names(length: int) -> str:
    """Ministers of whom no two have one name."""
    letters = "abcdefghijklmnopqrstuvwxyz"

    def name(number: int) -> str:
        return "".join(letters[number // 26**place % 26] for place in range(4))

    return " ".join(f"Minister Ab{name(n)} Cd{name(3 * n)} said." for n in range(length // 29 + 1))[:length]


# Name -> a text of about so many characters.
HOSTILE_TEXTS: dict[str, Callable[[int], str]] = {
    "capitals": _repeat("THE PRESIDENT OF FRANCE SAID ON MONDAY THAT RUSSIA "),
    "one word": _repeat("A"),
    "one sentence without an end": _repeat(
        "the president of France said that Russia and Ukraine agreed on talks in Geneva and "
    ),
    "names and commas": _repeat("Paris, London, Moscow, Berlin, "),
    "quotes that stay open": _repeat('"He said that Norway met Chile. '),
    "curly quotes that stay open": _repeat("“He said, "),
    "a quote of the whole page": lambda n: f'"{_repeat("We will meet in Geneva on Monday. ")(n)}" said the minister.',
    "short quotes": _repeat("“Yes,” said the president. "),
    "brackets": _repeat("("),
    "brackets that stay open": _repeat("(Reuters) - [the minister's] ("),
    "a table": _repeat("France | 12 | 13.5 | Germany\n"),
    "a list of a known name": _repeat("- Vladimir Putin, president of Russia\n"),
    "a transcript": _repeat("HALVORSEN: We met. QUESTION: When? "),
    "a poem": _repeat("O talks, O talks,\nof summit and of sea\n\n"),
    "names in one breath": _repeat("President Tor Halvorsen and Foreign Minister Ana Lind and Jens Aas and "),
    "names of which no two are one": _invent_names,
    "dates": _repeat("on Monday, December 3, 2025, last week, "),
    "meetings": _repeat("The talks between Norway and Chile took place in Geneva on Monday. "),
    "headings": _repeat("Alaska Summit\n"),
    "line ends": _repeat("\n"),
    "blanks": lambda n: " " * n + "x",
    "digits": _repeat("1 "),
    "NUL": _repeat("\x00"),
    "from right to left": _repeat("قال الرئيس "),
    "verbs of speech": _repeat("said "),
    "full stops": _repeat(". "),
    "sources": _repeat("according to officials, "),
    "possessives": _repeat("Halvorsen's aide's "),
    "titles": _repeat("foreign minister of the "),
    "both directions and scripts": _repeat("Президент Norway сказал: “نعم” 挪威 said on Monday. "),
}
