"""Stories to readings in as many processes as there are cores, which can be killed.

stories -> tasks.edge.workers -> tasks.edge.story_worker -> readings and failures

A pass reads in its own process, a matter of milliseconds a story. An archive is hours of that, and among a million
texts one that loops or explodes must cost itself alone.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from concurrent.futures import Future

from tasks.core.model import Catalog, Failure, Reading, Story
from tasks.edge.story_worker import from_json, write_job
from tasks.edge.workers import JobLimits, Trade, WorkerPool

# A text of the longest kind that is read (500,000 characters) takes seconds; a worker 0.2 GB of address space and more.
STORY_LIMITS = JobLimits(cpu_s=60.0, wall_s=600.0, memory=1 << 30, jobs_a_process=20_000)
STORIES_A_WORKER = 100  # a worker takes 0.6 s of CPU to start and 0.01 s for a story: fewer are not worth another

Read = Reading | Failure


class StoryPool(WorkerPool[Reading]):
    """Workers for stories; the first story starts them. `module` is their program."""

    def __init__(
        self,
        catalog: Catalog,
        workers: int | None = None,
        limits: JobLimits = STORY_LIMITS,
        *,
        module: str = "tasks.edge.story_worker",
    ) -> None:
        opening = pickle.dumps(catalog, pickle.HIGHEST_PROTOCOL)
        trade = Trade(module, from_json, "read", "reading the text", opening)
        super().__init__(trade, limits, workers or os.cpu_count() or 1)

    def read(self, stories: Sequence[Story]) -> list[Future[Read]]:
        """Have these stories read, in any order; the readings or why there are none, in the order of the stories.

        The failures are `read_timeout`, `read_memory` and `read_crash`.
        """
        self.grow(-(-len(stories) // STORIES_A_WORKER))
        return [self.submit(*write_job(story)) for story in stories]
