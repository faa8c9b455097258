"""The inbox with its bell, preferences, groups, and what could not be sent."""

from __future__ import annotations

from datetime import time

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from sheke.core.models import AuditEvent
from sheke.notices.actions import tell
from sheke.notices.models import Choice, Hook, Message, Notice, Preference
from sheke.notices.tasks import send_due
from tests import factories

from .conftest import person

pytestmark = pytest.mark.django_db
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a-secret-key"


@pytest.fixture
def desk(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def chief(client, city):
    client.force_login(person(city, "administrator", "管理员"))
    return client


def told(reader, count=1, **fields):
    for number in range(count):
        tell(kind="test.plain", to=[reader], by=None, what=f"事{number}", **fields)
    return Notice.objects.order_by("-id")


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_the_same_for_one_and_for_three(
    desk, reader, count, django_assert_num_queries
):
    told(reader, count)
    with django_assert_num_queries(6):
        answer = desk.get(reverse("notices:index"))
    assert answer.content.decode().count("inbox__row is-unread") == count


def test_a_notice_opens_what_it_tells_of_and_is_read(desk, reader):
    notice = told(reader, url="/ledger/")[0]
    answer = desk.post(reverse("notices:read", args=[notice.pk]))
    assert answer["Location"] == "/ledger/"
    first = Notice.objects.get().read_at
    assert first
    desk.post(reverse("notices:read", args=[notice.pk]))
    assert Notice.objects.get().read_at == first


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_a_notice_leads_nowhere_else(desk, reader, url):
    notice = told(reader, url=url)[0]
    answer = desk.post(reverse("notices:read", args=[notice.pk]))
    assert answer["Location"] == reverse("notices:index")


def test_nobody_reads_another_s_notice(desk, writer):
    notice = told(writer)[0]
    assert desk.post(reverse("notices:read", args=[notice.pk])).status_code == 404
    assert "事0" not in desk.get(reverse("notices:index") + "?show=all").content.decode()


def test_marking_one_and_all_in_place(desk, reader):
    notices = told(reader, 3)
    htmx = {"HX-Request": "true"}
    one = reverse("notices:read", args=[notices[0].pk])
    answer = desk.post(one, {"stay": "1"}, headers=htmx)
    assert answer["HX-Trigger"] == "notices-changed"
    assert answer.content.decode().count("is-unread") == 2
    answer = desk.post(reverse("notices:read_all"), {"show": "all"}, headers=htmx)
    assert answer.content.decode().count("inbox__row") == 3
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_inbox_by_kind(desk, reader):
    told(reader)
    tell(kind="test.urgent", to=[reader], by=None, what="急")
    page = desk.get(reverse("notices:index"), {"kind": "test.urgent"}).content.decode()
    assert "Urgent: 急" in page
    assert "Plain: 事0" not in page


def test_the_bell_counts_on_every_page_and_asks_once(desk, reader, django_assert_num_queries):
    told(reader, 2)
    page = desk.get("/ledger/").content.decode()
    assert page.count('<span aria-hidden="true">2</span>') == 2
    with django_assert_num_queries(3):
        answer = desk.get(reverse("notices:bell"))
    assert answer.content.decode().count("hx-swap-oob") == 2


def test_the_bell_counts_no_further_than_it_must(desk, reader):
    Notice.objects.bulk_create(Notice(account=reader, kind="test.plain") for _n in range(120))
    assert "99+" in desk.get(reverse("notices:bell")).content.decode()


def test_a_page_whose_session_ended_stops_asking(client):
    assert client.get(reverse("notices:bell")).status_code == 286


def form(**changes):
    return {
        "language": "en", "digest_at": "17:30", "digest_on": "4", "quiet_from": "22:00",
        "quiet_until": "06:30",
    } | changes  # fmt: skip


def test_preferences_are_kept(reachable, desk, reader):
    page = desk.get(reverse("notices:preferences")).content.decode()
    assert 'name="test.plain-mail"' in page
    answer = desk.post(reverse("notices:preferences"), form(**{"test.plain-mail": "weekly"}))
    assert answer.status_code == 302
    held = Preference.objects.get(account=reader)
    assert (held.language, held.digest_at, held.quiet_until) == ("en", time(17, 30), time(6, 30))
    assert Choice.objects.get(kind="test.plain").pace == "weekly"
    desk.post(reverse("notices:preferences"), form(**{"test.plain-mail": "off"}))
    assert Choice.objects.get(kind="test.plain").pace == "off"
    assert AuditEvent.objects.filter(verb="notices.choose").count() == 2


@pytest.mark.parametrize(
    "wrong", [{"quiet_until": ""}, {"digest_at": "soon"}, {"test.plain-mail": "always"}]
)
def test_wrong_preferences_are_refused(reachable, desk, wrong):
    answer = desk.post(reverse("notices:preferences"), form(**wrong))
    assert answer.status_code == 422
    assert not Preference.objects.exists()


def test_quiet_hours_may_be_none(reachable, desk):
    answer = desk.post(reverse("notices:preferences"), form(quiet_from="", quiet_until=""))
    assert answer.status_code == 302
    assert Preference.objects.get().quiet_from is None


def test_a_test_goes_to_oneself_once_a_minute(reachable, desk):
    for _time in range(2):
        desk.post(reverse("notices:test"), {"channel": "mail"})
    assert send_due().sent == 1
    assert mail.outbox[0].to == ["fang@example.org"]


def hook_form(city, **changes):
    return {
        "organisation": city.pk, "channel": "wecom", "name": "办公室群", "address": ROBOT,
        "secret": "", "kinds": ["test.plain"],
    } | changes  # fmt: skip


def test_a_group_is_set_and_its_secrets_are_never_shown(chief, city):
    made = chief.post(reverse("notices:hook_new"), hook_form(city, secret="s3cret"))
    assert made.status_code == 302
    hook = Hook.objects.get()
    for url in (reverse("notices:hooks"), reverse("notices:hook", args=[hook.pk])):
        page = chief.get(url).content.decode()
        assert "qyapi.weixin.qq.com" in page
        assert "a-secret-key" not in page
        assert "s3cret" not in page
    chief.post(reverse("notices:hook", args=[hook.pk]), hook_form(city, address="", name="新名"))
    hook.refresh_from_db()
    assert (hook.name, hook.address, hook.secret) == ("新名", ROBOT, "s3cret")
    events = str(list(AuditEvent.objects.values_list("data", flat=True)))
    assert "a-secret-key" not in events
    assert "s3cret" not in events


@pytest.mark.parametrize(
    "wrong", [{"address": "http://10.0.0.1/"}, {"kinds": ["test.personal"]}, {"address": ""}]
)
def test_a_wrong_group_is_refused(chief, city, wrong):
    answer = chief.post(reverse("notices:hook_new"), hook_form(city, **wrong))
    assert answer.status_code == 422
    assert not Hook.objects.exists()


def test_a_group_is_told_once_of_what_its_people_are_told(city, society, reader, writer):
    Hook.objects.create(
        organisation=city, channel="wecom", name="群", address=ROBOT,
        kinds=["test.plain", "test.personal"],
    )  # fmt: skip
    tell(kind="test.plain", to=[reader, writer], by=None, what="a")
    tell(kind="test.urgent", to=[reader], by=None, what="b")
    tell(kind="test.personal", to=[reader], by=None, what="c")
    tell(kind="test.plain", to=[factories.account(society)], by=None, what="d")
    from sheke.notices.gathering import gather_all

    gather_all()
    assert [message.text for message in Message.objects.filter(hook__isnull=False)] == ["Plain: a"]


@pytest.mark.parametrize("count", [1, 3])
def test_failures_are_listed_and_sent_again(chief, count, django_assert_num_queries):
    now = timezone.now()
    for number in range(count):
        failed = Message.objects.create(
            channel="mail", address=f"someone{number}@example.org", subject="s", text="t",
            due_at=now, given_up_at=now, problem="550 no such user",
        )  # fmt: skip
    with django_assert_num_queries(7):
        page = chief.get(reverse("notices:failures")).content.decode()
    assert page.count("550 no such user") == count
    assert "so***@example.org" in page
    assert "someone" not in page
    chief.post(reverse("notices:send_again", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.given_up_at is None
