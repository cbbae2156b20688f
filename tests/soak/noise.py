"""What pages change by themselves, and what desks change: made by seed, for tests and for the soak."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

MONTHS = "January February March April May June July August September October November December".split()
WORDS = (
    "gold rain market budget harbour election wheat bridge museum cyclone tariff vaccine railway orchestra reef".split()
)


def clock(seed: int) -> list[str]:
    """A line that tells when."""
    dice = random.Random(seed)
    hour, minute, day = dice.randrange(24), dice.randrange(60), dice.randrange(1, 29)
    month = dice.choice(MONTHS)
    half = f"{hour % 12 or 12}:{minute:02} {dice.choice(['am', 'pm', 'a.m.', 'p.m.'])}"
    forms = [
        f"Updated {hour:02}:{minute:02} GMT",
        f"Last updated: {dice.randrange(2, 59)} minutes ago",
        f"Published {month} {day}, 2026 at {half}",
        f"{day} {month} 2026, {hour:02}:{minute:02}",
        f"{dice.randrange(2, 23)} hours ago",
        f"Updated: {day} {month[:3]} 2026 {hour:02}:{minute:02} UTC",
        f"Tuesday, {month} {day}, 2026",
        "Last updated just now",
        f"{dice.randrange(2, 12)} min read",
    ]
    return [dice.choice(forms)]


def counter(seed: int) -> list[str]:
    """A line that counts readers."""
    dice = random.Random(seed)
    number = dice.randrange(2, 90_000)
    forms = [
        f"{number:,} shares",
        f"{number} comments",
        f"Comments ({number})",
        f"Views: {number:,}",
        f"{number / 1000:.1f}k views",
        f"{number} people are reading this story",
        f"{number:,} readers online now",
        f"Total visits {number}",
    ]
    return [dice.choice(forms)]


def advertisement(seed: int) -> list[str]:
    """What is for sale."""
    dice = random.Random(seed)
    forms = [
        ["Advertisement"],
        [f"Sponsored: the {dice.choice(WORDS)} that everybody wants"],
        ["Story continues below"],
        [f"Read also: {dice.choice(WORDS)} and {dice.choice(WORDS)} in the north"],
        ["Sign up for our newsletter"],
        ["Share Tweet Print Email"],
    ]
    return dice.choice(forms)


def other_stories(seed: int) -> list[str]:
    """A list of other stories."""
    dice = random.Random(seed)
    heading = dice.choice(["Most read", "Related stories", "Trending now", "You may also like", "More news", "Up next"])
    listed = [
        f"{dice.choice(WORDS).capitalize()} and {dice.choice(WORDS)} again in {dice.choice(MONTHS)}" for _ in range(5)
    ]
    return [heading, *listed]


def ticker(seed: int) -> list[str]:
    """Prices and weather."""
    dice = random.Random(seed)
    forms = [
        f"Brent {dice.uniform(50, 90):.2f} {dice.choice('+-')}{dice.uniform(0, 3):.2f}%",
        f"EUR/USD {dice.uniform(1, 1.2):.4f} {dice.choice('+-')}{dice.uniform(0, 1):.1f}%",
        f"Manila {dice.randrange(20, 36)}°C",
    ]
    return [dice.choice(forms)]


NOISES: Mapping[str, Callable[[int], list[str]]] = {
    "clock": clock,
    "counter": counter,
    "advertisement": advertisement,
    "other stories": other_stories,
    "ticker": ticker,
}


def make_noisy(paragraphs: list[str], seed: int) -> list[str]:
    """The story with noise of several kinds before, in and behind it."""
    dice = random.Random(f"noise {seed}")
    told = list(paragraphs)
    kinds = dice.sample(["clock", "counter", "advertisement", "ticker"], dice.randrange(1, 5))
    for number, kind in enumerate(kinds):
        at = dice.choice([0, len(told), dice.randrange(len(told) + 1)])
        told[at:at] = NOISES[kind](seed * 10 + number)
    return told + (other_stories(seed) if dice.random() < 0.5 else [])


def _figure(story: list[str], seed: int) -> list[str]:
    return [*story[:-1], f"{story[-1]} The toll stood at {seed + 2}."]


def _word(story: list[str], seed: int) -> list[str]:
    words = story[0].split()
    at = random.Random(seed).randrange(3, len(words) - 1)
    return [" ".join([*words[:at], f"reportedly{seed}", *words[at:]]), *story[1:]]


def _paragraph(story: list[str], seed: int) -> list[str]:
    return [
        *story,
        f"Delegate {seed} said that the talks would go on in the {WORDS[seed % len(WORDS)]} house until dawn.",
    ]


def _cut(story: list[str], seed: int) -> list[str]:
    return [*story[:-1], story[-1].rsplit(" ", 2)[0] + f" {seed}."]


EDITS: Mapping[str, Callable[[list[str], int], list[str]]] = {
    "a figure": _figure,
    "a word": _word,
    "a paragraph more": _paragraph,
    "an end": _cut,
}
