"""Maps that are made beside the answers: one at a time, each telling how far it is, each to be stopped."""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..errors import BusyError, InputError, NotFoundError, TerrellaError
from .job_schemas import JobInfo, JobMade, State
from .sentences import what_and_hint

if TYPE_CHECKING:
    from ..pipeline import MadeMap
    from ..progress import Progress

__all__ = ["Job", "Jobs", "QueueFullError", "Stopped"]

Action: TypeAlias = Literal["make", "renew"]
Work: TypeAlias = "Callable[[Progress], MadeMap | None]"

_MOST_WAITING = 16
_MOST_ENDED = 100
_MOST_NOTES = 100
_SECONDS_TO_END = 5.0

_log = logging.getLogger("terrella.server")


class QueueFullError(InputError):
    """So many jobs wait already that another would not be reached soon."""


class Stopped(KeyboardInterrupt):
    """Somebody stopped the job: its next report raises this, and it ends as after Ctrl-C."""


class Job:
    """A map in the making: a `terrella.progress.Progress` that keeps what it is told."""

    def __init__(
        self,
        id: int,
        action: Action,
        address: str,
        work: Work,
    ) -> None:
        self.id = id
        self.action = action
        self.address = address
        self.work = work
        self.state: State = "waiting"
        self.stopping = False
        self._stage: str | None = None
        self._steps = (0, 0)
        self._notes: list[str] = []
        self._problem: tuple[str | None, str | None] = (None, None)
        self._created = _now()
        self._ended: str | None = None
        self._made: JobMade | None = None

    @property
    def url(self) -> str:
        """Where it can be read."""
        return f"/api/jobs/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    def info(self) -> JobInfo:
        """Return how far it is."""
        done, total = self._steps
        error, hint = self._problem
        return JobInfo(
            id=self.id,
            url=self.url,
            action=self.action,
            map=self.address,
            state=self.state,
            stage=self._stage,
            done=done,
            total=total,
            notes=list(self._notes),
            error=error,
            hint=hint,
            created=self._created,
            ended=self._ended,
            made=self._made,
        )

    @contextmanager
    def stage(self, name: str) -> Iterator[_Report]:
        """Open the stage `name`."""
        self._stage, self._steps = name, (0, 0)
        report = _Report(self)
        report(0, 0)
        yield report

    def warn(self, text: str) -> None:
        """Keep a warning."""
        if len(self._notes) < _MOST_NOTES:
            self._notes.append(" ".join(text.split()))

    def step(self, done: int, total: int) -> None:
        """Keep how far the stage is; raise Stopped where somebody has stopped the job."""
        if self.stopping:
            raise Stopped
        self._steps = (int(done), int(total))

    def end(self, state: State, *, made: MadeMap | None = None, error: str = "") -> None:
        """Keep what became of it."""
        if made is not None:
            self._made = JobMade(
                count=made.count,
                projections=[*made.projections, *made.sequences],
                laid_out=list(made.laid_out),
                kept=made.kept,
                placed=made.placed,
                removed=made.removed,
            )
        if error:
            self._problem = what_and_hint(error)
        self._stage, self._steps, self._ended = None, (0, 0), _now()
        self.state = state


class _Report:
    """What a running stage of a job says about itself."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, done: int, total: int) -> None:
        self._job.step(done, total)

    def note(self, text: str) -> None:
        self._job.warn(text)


class Jobs:
    """The jobs of one server. They run one after another, for each takes all cores and much memory."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)
        self._lock = Lock()
        self._worker: Thread | None = None

    def start(
        self,
        action: Action,
        address: str,
        work: Work,
        *,
        join: bool = False,
    ) -> Job:
        """Queue `work` for the map at `address` and return the job.

        Where one for that map waits or runs, `join` returns that one; else BusyError is raised. Raises
        QueueFullError where too many wait.
        """
        with self._lock:
            other = self._open_for(address)
            if other is not None and join:
                return other
            if other is not None:
                raise BusyError(
                    f"the map {address!r} is being made already. Wait for {other.url}, or stop it."
                )
            waiting = sum(job.state == "waiting" for job in self._jobs.values())
            if waiting >= _MOST_WAITING:
                raise QueueFullError(f"{waiting} maps wait to be made. Wait until some are: /api/jobs.")
            job = Job(next(self._numbers), action, address, work)
            self._jobs[job.id] = job
            self._forget_oldest()
            if self._worker is None:
                self._worker = Thread(target=self._work, name="terrella-jobs", daemon=True)
                self._worker.start()
                atexit.register(self.stop_all)
            return job

    def open_for(self, address: str) -> Job | None:
        """Return the job that waits or runs for a map, if there is one."""
        with self._lock:
            return self._open_for(address)

    def get(self, id: int) -> Job:
        """Return a job; raise NotFoundError where there is none, or it ended long ago."""
        with self._lock:
            job = self._jobs.get(id)
        if job is None:
            raise NotFoundError(f"There is no job {id}. Those that are known are under /api/jobs.")
        return job

    def all(self) -> list[Job]:
        """Return the jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def stop(self, id: int) -> Job:
        """Have a job end at its next step, or never begin; one that has ended stays as it is."""
        job = self.get(id)
        with self._lock:
            job.stopping = True
            if job.state == "waiting":
                job.end("stopped")
        return job

    def stop_all(self) -> None:
        """Stop all jobs, and wait a moment for the one that runs."""
        for job in self.all():
            if job.is_open:
                self.stop(job.id)
        worker = self._worker
        if worker is not None:
            worker.join(_SECONDS_TO_END)

    def _open_for(self, address: str) -> Job | None:
        return next((job for job in self._jobs.values() if job.is_open and job.address == address), None)

    def _forget_oldest(self) -> None:
        ended = [id for id, job in self._jobs.items() if not job.is_open]
        for id in ended[:-_MOST_ENDED]:
            del self._jobs[id]

    def _work(self) -> None:
        while True:
            with self._lock:
                job = next((job for job in self._jobs.values() if job.state == "waiting"), None)
                if job is None:
                    self._worker = None
                    atexit.unregister(self.stop_all)
                    return
                job.state = "running"
            _run(job)


def _run(job: Job) -> None:
    try:
        made = job.work(job)
    except Stopped:
        job.end("stopped")
    except TerrellaError as error:
        job.end("failed", error=str(error))
    except BaseException:
        _log.exception("making the map %r failed", job.address)
        job.end("failed", error="This is a bug in Terrella. The traceback is in the log of terrella serve.")
    else:
        job.end("done", made=made)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
