"""How far a long question is: what is written, and when nothing is."""

from threading import Event

import pytest

from tasks.desk import query_bar
from tasks.desk.query_bar import show_query, tell_query, watch_query


class Asked:
    """A question that ends once it was looked at so often."""

    def __init__(self, percents):
        self.percents = iter(percents)
        self.ended = Event()

    def query_progress(self):
        percent = next(self.percents)
        if percent == 100:
            self.ended.set()
        return percent


@pytest.mark.parametrize(
    ("percent", "words"),
    [(34.4, "34 % after 12 s; Ctrl-C stops it"), (-1.0, "Asked for 12 s; Ctrl-C stops it")],
)
def test_percent_and_seconds_are_told(percent, words):
    assert tell_query(percent, 12.2) == words


def test_the_line_is_written_over_and_cleared_at_the_end(monkeypatch):
    monkeypatch.setattr(query_bar, "PATIENCE_S", 0.0)
    monkeypatch.setattr(query_bar, "EVERY_S", 0.0)
    asked, written = Asked([-1.0, 40.0, 100.0]), []
    watch_query(asked, asked.ended, written.append)
    assert [line.split(" ")[0] for line in written[:-1]] == ["\r\x1b[KAsked", "\r\x1b[K40", "\r\x1b[K100"]
    assert written[-1] == "\r\x1b[K"


def test_what_ends_at_once_writes_nothing():
    ended, written = Event(), []
    ended.set()
    watch_query(Asked([]), ended, written.append)
    assert written == []


def test_nothing_is_written_where_nobody_looks(capsys):
    with show_query(Asked([])):
        pass
    assert capsys.readouterr().err == ""
