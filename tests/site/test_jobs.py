"""The administrator's page of background jobs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sheke.core.jobs.models import JobRun, Worker
from sheke.core.jobs.pulse import Pulse
from sheke.core.models import AuditEvent
from sheke.core.schedule import load
from sheke.site.jobs.names import NAMES
from sheke.site.templatetags.jobs import span
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    account = factories.account(factories.organisation(kind="federation"), "administrator")
    client.force_login(account)
    return account


def job(status="READY", **fields):
    fields = {
        "task_path": "sheke.ledger.tasks.post_table", "backend_name": "default",
        "args_kwargs": {"args": [], "kwargs": {}}, "run_after": timezone.now(),
    } | fields  # fmt: skip
    return DBTaskResult.objects.create(status=status, **fields)


def page(client, **query):
    return client.get(reverse("site:jobs"), query).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_constant_queries(client, admin, count, django_assert_max_num_queries):
    for _n in range(count):
        JobRun.objects.create(task=job("RUNNING"), account_id=admin.pk, done=3, total=9)
    page(client)
    with django_assert_max_num_queries(17):
        page(client)


def test_progress_and_what_is_left(client, admin):
    began = timezone.now() - timedelta(minutes=1)
    JobRun.objects.create(
        task=job("RUNNING", started_at=began), account_id=admin.pk, done=5_000, total=20_000
    )
    text = page(client)
    assert "5,000 / 20,000" in text and "3 分钟" in text and str(admin) in text


def test_a_failure_says_why_and_can_be_run_again(client, admin):
    failed = job("FAILED", traceback="ledger/rows.py")
    JobRun.objects.create(task=failed, reason="第3行没有日期")
    assert "第3行没有日期" in page(client, state="failed")
    detail = client.get(reverse("site:job", args=[failed.pk])).content.decode()
    assert "ledger/rows.py" in detail
    client.post(reverse("site:job_attempt", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.status == "READY"
    assert AuditEvent.objects.filter(verb="job.retry", actor_id=admin.pk).exists()


def test_only_a_waiting_job_is_cancelled(client, admin):
    waiting, running = job(), job("RUNNING")
    for each in (waiting, running):
        client.post(reverse("site:job_cancellation", args=[each.pk]))
        each.refresh_from_db()
    assert (waiting.status, running.status) == ("FAILED", "RUNNING")
    assert "已取消" in page(client)


def test_a_banner_if_nobody_works_though_jobs_wait(client, admin):
    banner = "没有工作进程"
    assert banner not in page(client).split('<nav class="tabs"')[0]
    waiting = job()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=1))
    assert banner in page(client)
    worker = Worker.objects.create(host="server-1", pid=77)
    pulse = Pulse(worker.pk)
    pulse.start()
    try:
        text = page(client)
        assert 'role="alert"' not in text and "server-1" in text and str(waiting.pk) in text
    finally:
        pulse.stop()


def test_htmx_gets_the_living_part_alone(client, admin):
    text = client.get(reverse("site:jobs"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text and "table" in text


def test_run_now(client, admin):
    load()
    client.post(reverse("site:schedule_run"), {"task": "sheke.core.tasks.forget_old_jobs"})
    assert AuditEvent.objects.filter(verb="schedule.run").count() == 1
    client.post(reverse("site:schedule_run"), {"task": "os.remove"})
    assert AuditEvent.objects.filter(verb="schedule.run").count() == 1


def test_every_task_has_a_name():
    assert not {key for key in load() if key.startswith("sheke.")} - set(NAMES)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=0.42), "0.4 秒"), (timedelta(seconds=200), "3 分钟 20 秒"),
        (timedelta(hours=1), "1 小时"), (timedelta(days=2, hours=3, minutes=4), "2 天 3 小时"),
    ],
)  # fmt: skip
def test_spans(length, text):
    assert span(length) == text


def test_routine_that_went_well_does_not_bury_the_rest(client, admin):
    routine = "sheke.notices.tasks.send_notices"
    job("SUCCESSFUL", task_path=routine)
    failed = job("FAILED", task_path=routine)
    listed = client.get(reverse("site:jobs")).context["jobs"]
    assert [one.number for one, _person in listed] == [failed.pk]
    done = client.get(reverse("site:jobs"), {"state": "done"}).context["jobs"]
    assert len(done) == 1
