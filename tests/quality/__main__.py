"""How good topics and readings are, in figures: `make quality`, or `python -m tests.quality`.

    outside   sentences, events and pages that others labelled: recall and false alarms
    own       cases, examples and the sample wire of this project, which its own authors wrote, and known misreadings
    readings  datelines of agencies' items, names that others linked, golden stories against what readers found in them
    learnt    meetings of short texts that the rules for meetings were made from
    speed     the automaton and the whole topic stage, on one core (`python -m tests.bench.reading`: whole readings)

`--show NAME` prints what a set gets wrong: a category of the events ("Business"), of PLOVER ("AGREE"), "pages", "links",
"datelines", "people" and "learnt" (short texts), or of the golden stories "quotes", "citations", "actors", "days", "meetings".
Sets that are not on this machine are told and left out. The floors that CI keeps are in tests/unit/test_quality.py.
"""

from __future__ import annotations

import argparse

from tests.quality.datelines import measure_datelines
from tests.quality.figures import print_figures
from tests.quality.links import measure_links
from tests.quality.meetings_learnt import measure_learnt
from tests.quality.outside import measure_coded_events, measure_events, measure_pages
from tests.quality.own import measure_cases, measure_known_misses, measure_sample_wire, measure_topics
from tests.quality.people import measure_people
from tests.quality.readings import measure_readings
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
    print_figures("Datelines", measure_datelines())
    print_figures("What others linked", measure_links())
    print_figures("People, quotes and sources of short texts", measure_people())
    print_figures("Readings of our golden stories", measure_readings())
    print_figures("Meetings of short texts, which rules were learnt from", measure_learnt())
    print_figures("Speed, one core", measure_speed())


if __name__ == "__main__":
    main()
