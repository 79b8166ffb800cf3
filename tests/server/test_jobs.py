"""Jobs run one after another, tell how far they are, and can be stopped."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from threading import Event

import pytest

from terrella.errors import BusyError, NotFoundError, StorageError
from terrella.progress import Progress
from terrella.server.jobs import Job, Jobs, QueueFullError


class Gate:
    """Work that reports, then goes on when it is let."""

    def __init__(self) -> None:
        self.begun, self.let = Event(), Event()

    def __call__(self, progress: Progress) -> None:
        with progress.stage("layout") as report:
            report(1, 4)
            self.begun.set()
            assert self.let.wait(10)
            report(2, 4)
            report.note("a note")
            progress.warn("a  warning")


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop_all()


def ended(jobs: Jobs, job: Job) -> str:
    """Wait until a later job has run, and so `job` before it; return its state."""
    last = Event()
    jobs.start("make", f"after-{job.id}", lambda progress: last.set())
    assert last.wait(10)
    return job.state


def test_a_job_tells_how_far_it_is(jobs: Jobs) -> None:
    gate = Gate()
    job = jobs.start("renew", "mnist", gate)
    assert gate.begun.wait(10)
    told = job.info()
    assert (told.state, told.stage, told.done, told.total, told.ended) == ("running", "layout", 1, 4, None)
    gate.let.set()
    assert ended(jobs, job) == "done"
    told = job.info()
    assert (told.stage, told.notes, told.error) == (None, ["a note", "a warning"], None)
    assert told.ended is not None
    assert [one.id for one in jobs.all()] == [2, 1]
    assert jobs.get(1) is job


def test_one_that_runs_ends_at_its_next_step_and_one_that_waits_never_begins(jobs: Jobs) -> None:
    gate, never = Gate(), Gate()
    running, waiting = jobs.start("make", "a", gate), jobs.start("make", "b", never)
    assert gate.begun.wait(10)
    assert waiting.info().state == "waiting"
    assert jobs.stop(waiting.id).state == "stopped"
    jobs.stop(running.id)
    gate.let.set()
    assert ended(jobs, running) == "stopped"
    assert not never.begun.is_set()
    assert jobs.stop(running.id).state == "stopped"


def test_a_map_is_made_by_one_job_at_a_time(jobs: Jobs) -> None:
    gate = Gate()
    job = jobs.start("renew", "mnist", gate)
    with pytest.raises(BusyError, match=r"being made already. Wait for /api/jobs/1"):
        jobs.start("make", "mnist", gate)
    assert jobs.start("renew", "mnist", gate, join=True) is job
    assert jobs.open_for("mnist") is job
    gate.let.set()
    assert ended(jobs, job) == "done"
    assert jobs.open_for("mnist") is None


def test_no_more_wait_than_will_be_reached(jobs: Jobs) -> None:
    gate = Gate()
    jobs.start("make", "first", gate)
    assert gate.begun.wait(10)
    for number in range(16):
        jobs.start("make", f"map-{number}", Gate())
    with pytest.raises(QueueFullError, match="16 maps wait"):
        jobs.start("make", "another", Gate())
    for job in jobs.all():
        jobs.stop(job.id)
    gate.let.set()


def test_what_fails_says_why_and_a_bug_is_logged(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def full(progress: Progress) -> None:
        raise StorageError("no space left. Free some.")

    def bug(progress: Progress) -> None:
        raise ZeroDivisionError

    failed = jobs.start("make", "a", full)
    with caplog.at_level(logging.ERROR):
        broken = jobs.start("make", "b", bug)
        assert ended(jobs, broken) == "failed"
    told = failed.info()
    assert (told.state, told.error, told.hint) == ("failed", "no space left.", "Free some.")
    assert broken.info().error == "This is a bug in Terrella."
    assert "ZeroDivisionError" in caplog.text


def test_only_the_last_hundred_that_ended_are_known(jobs: Jobs) -> None:
    first = jobs.start("make", "first", lambda progress: None)
    for number in range(12):
        assert ended(jobs, jobs.start("make", f"map-{number}", lambda progress: None)) == "done"
    assert jobs.get(first.id) is first
    for number in range(50):
        assert ended(jobs, jobs.start("make", f"map-{number}", lambda progress: None)) == "done"
    with pytest.raises(NotFoundError, match="no job 1"):
        jobs.get(first.id)
    assert len(jobs.all()) <= 102
