"""Dead feeds must not delay the living, and a feed where nothing changed must cost next to nothing.

    python -m tests.bench.dead_feeds [FEEDS] [DEAD] [TURNS]

200 feeds over loopback, each a host of its own (127.0.1.1, 127.0.1.2 ...); a dead one takes the connection and says
nothing. The clean poll, the poll with one dead feed that nobody knows, and the one with 40 that are known as bad take
turns, so that what else the machine does falls on all alike; each ratio is within its turn, and the middle one is told.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from tasks.catalog.wires import load_wires_file
from tasks.core.poll.lanes import DEADLINE_S, split_lanes
from tasks.core.stages import FeedAnswer, FeedMemory, FeedState
from tasks.edge.allow import AllowList
from tasks.edge.clock import utc_now
from tasks.edge.feed_reader import FeedReader
from tasks.edge.lake.mirror import mirror_catalog
from tasks.edge.lake.write import write_lake
from tasks.edge.passes import PassRun
from tasks.edge.polling import PollDesk, poll_feeds
from tasks.edge.web import open_web
from tests.fakes import item, rss
from tests.passes import begin_empty, write_feeds

BODY = rss("".join(item(number) for number in range(30)))
WHOLE = f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: {len(BODY)}\r\nConnection: close\r\n\r\n'.encode() + BODY
SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: close\r\n\r\n'


@dataclass
class Town:
    """A server on every loopback address, in a thread; a `dead` address takes the connection and says nothing."""

    dead: set[str] = field(default_factory=set)
    port: int = 0
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def open(self) -> None:
        """Serve until the process ends."""
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        serving = asyncio.start_server(self._talk, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - every loopback address
        server = asyncio.run_coroutine_threadsafe(serving, self.loop).result()
        self.port = server.sockets[0].getsockname()[1]

    def cpu_s(self) -> float:
        """What the server's thread has taken, which is no cost of ours."""

        async def read() -> float:
            return time.thread_time()

        return asyncio.run_coroutine_threadsafe(read(), self.loop).result()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            if writer.get_extra_info("sockname")[0] in self.dead:
                await reader.read()
            else:
                writer.write(SAME if b"if-none-match" in request.lower() else WHOLE)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def host_of(number: int) -> str:
    """The address of the n-th feed."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


def watch(begun: PassRun, town: Town, feeds: int) -> PassRun:
    """A pass over so many feeds, each on a host of its own."""
    urls = {f"feed-{number:03}": f"http://{host_of(number)}:{town.port}/rss" for number in range(feeds)}
    catalog = replace(begun.catalog, wires=load_wires_file(write_feeds(begun.settings.home, urls)))
    with write_lake(begun.address, "bench", begun.now, "feeds of a bench") as lake:
        mirror_catalog(lake, catalog, begun.now, is_whole=False)
    return replace(begun, catalog=catalog, settings=replace(begun.settings, allow="127.0.0.0/8"))


async def ask_all(run: PassRun, states: Mapping[str, FeedState]) -> list[FeedAnswer]:
    """Ask every feed once, in its lane; nothing is stored."""
    good, bad = split_lanes(run.feeds(), states)
    async with open_web(run.settings) as web, FeedReader(run.settings.home) as reader:
        desk = PollDesk(web, reader, AllowList.parse(run.settings.allow), run, states, len(run.feeds()))
        return await desk.ask_all(good, bad)


def time_poll(run: PassRun, town: Town, dead: int, *, is_known: bool) -> tuple[float, float]:
    """Seconds until the last good feed was read, and until the asking ended. The dead lie between the others."""
    feeds = run.feeds()
    numbers = {round(each * len(feeds) / max(dead, 1)) for each in range(dead)}
    town.dead = {host_of(number) for number in numbers}
    memory = FeedMemory(failures=2, weight=0.5) if is_known else FeedMemory()
    states = {feeds[number].feed_id: FeedState(feeds[number].feed_id, memory=memory) for number in numbers}
    begun = utc_now()
    answers = asyncio.run(ask_all(run, states))
    ended = utc_now()
    assert sum(answer.failure is None for answer in answers) == len(feeds) - dead, "every good feed answers"
    last = max(answer.polled_at for answer in answers if answer.failure is None)
    return (last - begun).total_seconds(), (ended - begun).total_seconds()


def tell_dead(run: PassRun, town: Town, dead: int, turns: int) -> list[str]:
    """The ratios of the last good feed's time."""
    time_poll(run, town, 0, is_known=False)  # warm: imports, bytecode, name tables
    one, many, ends = [], [], []
    for _ in range(turns):
        clean, _ = time_poll(run, town, 0, is_known=False)
        single, _ = time_poll(run, town, 1, is_known=False)
        again, _ = time_poll(run, town, 0, is_known=False)
        known, end = time_poll(run, town, dead, is_known=True)
        one.append(single / ((clean + again) / 2))
        many.append(known / ((clean + again) / 2) * len(run.feeds()) / (len(run.feeds()) - dead))
        ends.append(end)
    return [
        f"1 dead, unknown      last good feed {median(one):.2f}x of clean (goal 1.05; {min(one):.2f} to {max(one):.2f})",
        f"{dead} dead, known      last good feed {median(many):.2f}x of clean, a feed that is good "
        f"(goal 1.10; {min(many):.2f} to {max(many):.2f})",
        f"{dead} dead, known      the poll ended after {max(ends):.1f} s (deadline {DEADLINE_S:.0f} s)",
    ]


def tell_unchanged(run: PassRun, town: Town) -> list[str]:
    """CPU of polls that all end in 304: of the poll as a whole, and of each feed more that is asked in it."""
    town.dead = set()
    asyncio.run(poll_feeds(run))
    one = replace(run, catalog=replace(run.catalog, wires=run.catalog.wires[:1]))
    feeds, wholes, firsts = len(run.feeds()), [], []
    for turn in range(5):
        wholes.append(_take_cpu(run, town, 2 * turn + 1))
        firsts.append(_take_cpu(one, town, 2 * turn + 2))
    more = (median(wholes) - median(firsts)) / (feeds - 1) * 1000
    return [
        f"nothing changed      {more:.2f} ms of CPU for a feed (goal 1), {median(firsts):.2f} s for the poll itself with "
        f"its questions to the lake; {median(wholes) / feeds * 1000:.2f} ms a feed when {feeds} share it"
    ]


def _take_cpu(run: PassRun, town: Town, turn: int) -> float:
    """Seconds of CPU of one poll from the state in the lake to the fact in the lake, without the server's."""
    later = replace(run, run_id=f"bench-{turn}", now=run.now + timedelta(minutes=turn))
    ours, theirs = time.process_time(), town.cpu_s()
    report = asyncio.run(poll_feeds(later))
    assert {count.outcome for count in report.feeds} == {"unchanged"}, "each answer is a 304"
    return (time.process_time() - ours) - (town.cpu_s() - theirs)


def main() -> None:
    """Print the figures."""
    gc.set_threshold(50_000, *gc.get_threshold()[1:])  # as the command does
    feeds, dead, turns = map(int, sys.argv[1:4]) if len(sys.argv) > 3 else (200, 40, 3)
    town = Town()
    town.open()
    with tempfile.TemporaryDirectory() as folder, begin_empty(Path(folder)) as begun:
        run = watch(begun, town, feeds)
        lines = tell_unchanged(run, town) + tell_dead(run, town, dead, turns)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
