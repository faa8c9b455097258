"""Who has a job, and what becomes of it when its worker dies, must go or loses the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from sheke.core.jobs import claiming
from sheke.core.jobs.models import JobRun, Mark, Worker
from sheke.core.jobs.pulse import Pulse, alive
from sheke.core.jobs.queries import job_of, jobs, rows
from sheke.core.jobs.running import Stopped, current, once
from sheke.core.jobs.worker import Runner
from sheke.core.models import AuditEvent

from . import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(settings):
    """`queued(task, …)` puts a job into the database's queue and returns its row."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def put(task, *arguments):
        backend = DatabaseBackend("default", {})
        return backend.enqueue(task, arguments, {}).db_result

    return put


@pytest.fixture
def worker():
    return Worker.objects.create(host="h", pid=1)


def state(job):
    return job_of(job.pk).state


class TestClaim:
    def test_each_job_is_had_by_one(self, queued, worker):
        first, second = queued(samples.effect, "a"), queued(samples.effect, "b")
        assert {claiming.claim(worker).pk, claiming.claim(worker).pk} == {first.pk, second.pk}
        assert claiming.claim(worker) is None
        assert JobRun.objects.count() == 2

    def test_whose_job_was_taken_away_settles_nothing(self, queued, worker):
        queued(samples.effect, "a")
        job = claiming.claim(worker)
        claiming.try_again(job, reason="")
        again = claiming.claim(Worker.objects.create(host="h", pid=2))
        assert not claiming.finish(job, "late")
        assert claiming.finish(again, "a")
        assert not claiming.fail(again, kind="x", reason="x")
        assert state(job) == "done"


class TestOrphans:
    def take_up(self, missed=None, now=0.0, grace=0.0):
        return claiming.take_up_orphans({} if missed is None else missed, now, grace)

    def test_the_job_of_a_dead_worker_waits_again(self, queued, worker):
        job = queued(samples.effect, "a")
        claiming.claim(worker)
        assert self.take_up() == 1
        assert state(job) == "waiting"
        assert not Worker.objects.exists()

    def test_after_three_deaths_it_has_failed_and_says_why(self, queued):
        job = queued(samples.effect, "a")
        for n in range(claiming.ATTEMPTS):
            claiming.claim(Worker.objects.create(host="h", pid=n))
            self.take_up()
        found = job_of(job.pk)
        assert (found.state, found.attempts) == ("failed", 3)
        assert "3" in found.reason

    def test_a_lock_must_be_missed_for_a_while(self, queued, worker):
        job = queued(samples.effect, "a")
        claiming.claim(worker)
        missed: dict[int, float] = {}
        assert self.take_up(missed, 10, 6) == 0
        assert self.take_up(missed, 15, 6) == 0
        assert state(job) == "running"
        assert self.take_up(missed, 16, 6) == 1
        assert missed == {}

    def test_who_left_in_order_is_not_missed(self, worker):
        missed: dict[int, float] = {}
        self.take_up(missed, 10, 6)
        assert list(missed) == [worker.pk]
        worker.delete()
        self.take_up(missed, 11, 6)
        assert missed == {}

    def test_a_job_of_an_older_version_is_taken_up(self, queued):
        job = queued(samples.effect, "a")
        DBTaskResult.objects.update(status="RUNNING", worker_ids=["Kx8dDfPq"])
        assert self.take_up() == 1
        assert state(job) == "waiting"

    def test_the_living_keep_theirs(self, queued, worker):
        job = queued(samples.effect, "a")
        claiming.claim(worker)
        pulse = Pulse(worker.pk)
        pulse.start()
        try:
            assert alive([worker.pk, worker.pk + 1]) == {worker.pk}
            assert self.take_up() == 0
            assert state(job) == "running"
        finally:
            pulse.stop()
        assert alive([worker.pk]) == set()


class TestRunning:
    """The worker's own turn, without its thread."""

    def run(self, worker, within=None):
        runner = Runner(patience=1)
        runner.worker, runner.pulse = worker, Pulse(worker.pk)
        runner._run(claiming.claim(worker))
        return runner

    def test_done(self, queued, worker):
        job = queued(samples.effect, "a")
        self.run(worker)
        assert state(job) == "done"
        assert AuditEvent.objects.filter(verb="test.effect").count() == 1

    def test_run_again_its_effect_is_had_once(self, queued, worker):
        job = queued(samples.effect, "a")
        self.run(worker)
        DBTaskResult.objects.update(status="READY", run_after=F("enqueued_at"))
        self.run(worker)
        assert state(job) == "done"
        assert AuditEvent.objects.filter(verb="test.effect").count() == 1

    def test_bad_input_is_told_as_it_is(self, queued, worker):
        job = queued(samples.refuse)
        self.run(worker)
        assert (job_of(job.pk).state, job_of(job.pk).reason) == ("failed", "第3行没有日期")

    def test_of_other_errors_the_place_is_told_and_no_word(self, queued, worker):
        job = queued(samples.breaks)
        self.run(worker)
        found = job_of(job.pk)
        assert found.state == "failed" and "ValueError" in found.reason
        assert "samples.py" in found.details
        assert "13812345678" not in found.details + found.reason

    def test_a_lost_database_is_tried_again_then_given_up(self, queued, worker, monkeypatch):
        monkeypatch.setattr("sheke.core.jobs.worker.time.sleep", lambda _seconds: None)
        monkeypatch.setattr(connection, "close", lambda: None)
        job = queued(samples.loses)
        for expected in ("waiting", "waiting", "failed"):
            self.run(worker)
            assert state(job) == expected

    def test_who_must_go_gives_back_and_it_is_no_attempt(self, queued, worker, monkeypatch):
        job = queued(samples.effect, "a")

        def stopped(_job):
            raise Stopped

        monkeypatch.setattr("sheke.core.jobs.worker._call", stopped)
        self.run(worker)
        assert (state(job), job_of(job.pk).attempts) == ("waiting", 0)


def test_a_mark_goes_with_its_transaction():
    with pytest.raises(RuntimeError), once("letter:7") as first:
        assert first
        raise RuntimeError
    with once("letter:7") as first:
        assert first
    with once("letter:7") as first:
        assert not first
    assert Mark.objects.get().key == "letter:7"


def test_outside_of_a_job_an_unnamed_effect_is_had_each_time():
    assert current.get() is None
    for _n in range(2):
        with once() as first:
            assert first
    assert not Mark.objects.exists()


def test_a_list_of_jobs_is_one_query(queued, django_assert_num_queries):
    for n in range(3):
        queued(samples.effect, str(n))
    with django_assert_num_queries(1):
        assert len(jobs(rows())) == 3
