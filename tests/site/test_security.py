"""What an attacker would try first. Each of these was open once, or would be worth much if it were."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.accounts.actions import accept_as_new, invite
from sheke.accounts.sending import send_reset
from sheke.core.errors import BadInput
from sheke.core.search.finding import find
from sheke.core.search.following import catch_up, rebuild
from sheke.directory.actions import agree
from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.meetings.actions import add_agenda_item, create_meeting
from sheke.notices.models import Message
from sheke.site.backup.restoring import MARK
from sheke.site.export.choice import columns
from sheke.site.logs import MASKS, masked
from sheke.site.management.commands.serve import check_tables
from tests import factories

pytestmark = pytest.mark.django_db
LONG = "9" * 5000  # more digits than Python reads


@pytest.fixture
def city() -> Organisation:
    return factories.organisation(name="云川市社科联", kind="federation", code="city")


@pytest.fixture
def mails(settings) -> None:
    settings.MAIL_READY = True


@pytest.mark.parametrize("name", [f"presence-{LONG}", "presence-" + "9" * 25, "presence-²"])
def test_a_made_up_field_of_a_form_is_no_fault(city, name: str) -> None:
    by = factories.account(city, "staff")
    meeting = create_meeting(organisation=city, kind="office", starts_at=timezone.now(), by=by)
    client = Client(raise_request_exception=False)
    client.force_login(by)
    answer = client.post(reverse("meetings:presence", args=[meeting.pk]), {name: "present"})
    assert answer.status_code in (302, 400)


@pytest.mark.parametrize("link", ["//evil.test/", "/\\evil.test/", "javascript:alert(1)", "https://x.test",
                                  "/\t/evil.test", "\\\\evil.test"])  # fmt: skip
def test_a_point_of_an_agenda_leads_to_no_other_site(city, link: str) -> None:
    by = factories.account(city, "staff")
    meeting = create_meeting(organisation=city, kind="office", starts_at=timezone.now(), by=by)
    with pytest.raises(BadInput):
        add_agenda_item(meeting=meeting, title="议题", link=link, by=by)


def test_a_half_restored_site_is_not_served(settings, tmp_path) -> None:
    settings.VAR = tmp_path
    (tmp_path / MARK).write_text('{"backup": "/b/1", "made_at": "", "started": ""}')
    with pytest.raises(BadInput, match="/b/1"):
        check_tables()


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "a." * 10_000, "1-" * 10_000, "电话" * 10_000, "a@" * 10_000]
)
def test_a_long_word_does_not_hold_up_the_log(text: str) -> None:
    """Reading it anew from each letter took half a minute; the signs looked at are few now."""
    pattern = next(pattern for pattern, instead in MASKS if instead == "[mail]")
    assert pattern.pattern.startswith("(?<!")
    assert masked(text) == text


@pytest.mark.parametrize(
    "username", ["13800001234", "138-0000-1234", "+86.138.0000.1234", "a@b.cn"]
)
def test_nobody_takes_the_number_of_another_as_user_name(city, username: str) -> None:
    by = factories.account(city, "administrator")
    _invitation, token = invite(organisation=city, role="member", name="新人", by=by)
    with pytest.raises(BadInput):
        accept_as_new(
            token=token, username=username, password="qingyang-2025", name="新人", by=None
        )


@pytest.mark.parametrize("wanted", ["99", "2025-02-30", "site:home", "//evil.test", "https://evil.test/",
                                    "/\\evil.test", "javascript:alert(1)", "\x00/", "http:///evil.test"])  # fmt: skip
def test_signing_in_leads_to_a_page_of_ours(city, wanted: str) -> None:
    factories.account(city, "staff", username="lin")
    client = Client(raise_request_exception=False)
    data = {"username": "lin", "password": "secret-pass", "next": wanted}
    answer = client.post(reverse("site:sign_in"), data)
    assert answer.status_code in (302, 400)
    assert answer.get("Location", "/") in ("/", "99", "2025-02-30")  # at most a page of ours


def test_a_table_sent_as_a_form_is_refused(city) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(factories.account(city, "staff"))
    assert client.post("/sheets/", {"title": "x"}).status_code == 400


def test_an_export_opens_no_door() -> None:
    """A message that waits holds a link to a new password or an invitation."""
    assert "text" not in {field.name for field in columns(Message)}
    without = {field.name for field in columns(Message, personal=False)}
    assert not without & {"text", "address"}


def test_what_a_person_shows_to_nobody_is_not_found_by_search(city) -> None:
    lin = factories.account(city, "staff").person
    Person.objects.filter(pk=lin.pk).update(name="林某", title="研究馆员")
    Tenure.objects.filter(person=lin).update(post="古籍室主任")
    other = factories.account(factories.organisation(city), "secretary")
    rebuild()
    assert find(other, "研究馆员") and find(other, "古籍室主任")
    lin.refresh_from_db()
    agree(person=lin, wanted={"title": "nobody", "posts": "nobody"}, by=lin.account)
    catch_up()
    assert not find(other, "研究馆员") and not find(other, "古籍室主任")
    assert find(other, "林某")


def with_mail(account: Account, mail: str) -> Account:
    assert account.person is not None
    account.person.email = mail
    account.person.save()
    return account


def test_the_machine_is_not_taken_over_through_a_mail_address(city, mails) -> None:
    """An administrator writes people's mail; a link there would open the account above them."""
    root = factories.account(city, "member", username="root")
    Account.objects.filter(pk=root.pk).update(is_superuser=True)
    with_mail(root, "attacker@example.org")
    assert send_reset(Account.objects.get(pk=root.pk), "https://sheke.test") is False
    assert not Message.objects.exists()


def test_a_link_to_a_new_password_stands_nowhere_but_in_its_message(city, mails) -> None:
    lin = with_mail(factories.account(city, "staff", username="lin"), "lin@example.org")
    assert send_reset(lin, "https://sheke.test")
    message = Message.objects.get()
    found = re.search(r"/reset/\w+/([\w-]+)/", message.text)
    assert found and found[1] not in message.once


@pytest.mark.parametrize("credential", ["[]", "1", '"x"', '{"response": 1}', "null",
    '{"response": {"userHandle": "zz"}}', '{"response": {"userHandle": {}}}', "{}"])  # fmt: skip
def test_a_made_up_passkey_is_refused_and_nothing_more(credential: str) -> None:
    client = Client(raise_request_exception=False)
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.status_code < 500


@pytest.mark.parametrize("number", ["zzzzzzzzzzzzz", "1" * 14, "-1", "0"])
def test_a_made_up_number_in_a_reset_link_opens_nothing(number: str) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(reverse("accounts:reset", args=[number, "a-b"])).status_code == 410
