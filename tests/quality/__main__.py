"""How good the topics are, in figures: `make quality`, or `python -m tests.quality`.

    outside   sentences, events and pages that others labelled: recall and false alarms
    own       cases, examples and the sample wire of this project, which its own authors wrote, and known misreadings
    speed     the automaton and the whole topic stage, on one core

`--show NAME` prints what a set gets wrong: a category of the events ("Business"), of PLOVER ("AGREE"), or "pages".
Sets that are not on this machine are told and left out. The floors that CI keeps are in tests/unit/test_quality.py.
"""

from __future__ import annotations

import argparse

from tests.quality.figures import print_figures
from tests.quality.outside import measure_coded_events, measure_events, measure_pages
from tests.quality.own import measure_cases, measure_known_misses, measure_sample_wire, measure_topics
from tests.quality.show import show
from tests.quality.speed import measure_speed


def main() -> None:
    """Print every figure, or what one set gets wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", default="", help="print what this set gets wrong, such as Business or pages")
    wanted = parser.parse_args().show
    if wanted:
        show(wanted)
        return
    print_figures("Sentences of news that others labelled", measure_events())
    print_figures("Coded events", measure_coded_events())
    print_figures("News pages", measure_pages())
    print_figures("Our own cases", (*measure_cases(), *measure_sample_wire(), *measure_known_misses()))
    print_figures("Our own cases, topic by topic", measure_topics())
    print_figures("Speed, one core", measure_speed())


if __name__ == "__main__":
    main()
