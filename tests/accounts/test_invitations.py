"""Invitations: who may, what the link opens, how it ends."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.accounts.actions import accept_as_known, accept_as_new, invite, send_again, withdraw
from sheke.accounts.forms import InviteForm
from sheke.accounts.models import Invitation
from sheke.accounts.rules import grantable_roles
from sheke.accounts.tasks import forget_what_is_old
from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.directory.models import Account, Person, Tenure
from sheke.notices.models import Notice
from tests import factories
from tests.accounts.conftest import is_in, sign_in
from tests.site.markup import faults

pytestmark = pytest.mark.django_db
CHOSEN = {
    "name": "周新",
    "username": "zhouxin",
    "password": "qingyang-2025",
    "phone": "13900001111",
}


def path(token: str) -> str:
    return reverse("accounts:invitation", args=[token])


def invited(by, organisation, role="secretary", **fields):
    return invite(
        organisation=organisation, role=role, name=fields.pop("name", "周新"), by=by, **fields
    )


def test_the_invited_choose_a_name_and_are_in(lin, society) -> None:
    invitation, token = invited(lin, society, post="副秘书长", phone="13900001111")
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    page = client.get(path(token)).content.decode()
    assert str(lin) in page and "云川市历史学会" in page and "13900001111" in page
    assert faults(page) == []
    answer = client.post(path(token), CHOSEN)
    assert answer["Location"] == reverse("site:home")
    assert is_in(client)
    account = Account.objects.get(username="zhouxin")
    tenure = account.person.tenures.get()
    assert (tenure.role, tenure.post, tenure.organisation) == ("secretary", "副秘书长", society)
    assert tenure.since == timezone.localdate()
    assert account.person.phone == "13900001111"
    invitation = Invitation.objects.with_state().get()
    assert invitation.state == "accepted" and invitation.phone == ""
    assert Notice.objects.get(account=lin).kind == "accounts.invitation_accepted"


def test_a_link_is_used_once(lin, society) -> None:
    _invitation, token = invited(lin, society)
    Client().post(path(token), CHOSEN)
    again = Client().post(path(token), CHOSEN | {"username": "other"})
    assert again.status_code == 410
    with pytest.raises(BadInput):
        accept_as_new(token=token, name="x", username="x1", password="qingyang-2025", by=None)
    assert not Account.objects.filter(username="other").exists()


def test_who_has_an_account_gets_the_role(lin, society, city) -> None:
    mei = factories.account(city, "member", username="mei")
    _invitation, token = invited(lin, society)
    client = sign_in("mei")
    assert "mei" in client.get(path(token)).content.decode()
    assert client.post(path(token))["Location"] == reverse("site:home")
    assert mei.person.tenures.filter(organisation=society, role="secretary").count() == 1
    assert Account.objects.count() == 2


def test_a_role_that_one_has_is_not_given_twice(lin, society) -> None:
    _invitation, token = invited(lin, society)
    accept_as_known(token=token, account=lin, by=lin)
    assert lin.person.tenures.count() == 1


def test_what_is_refused_keeps_the_invitation_open(lin, society) -> None:
    _invitation, token = invited(lin, society)
    for wrong in (
        {"username": "lin"},
        {"password": "123"},
        {"username": "13811112222"},
        {"phone": "x"},
    ):
        answer = Client().post(path(token), CHOSEN | wrong)
        assert answer.status_code == 422, wrong
        assert faults(answer.content.decode()) == []
    assert Person.objects.filter(name="周新").count() == 0
    assert Invitation.objects.with_state().get().is_open


def test_it_ends_by_itself(lin, society, settings) -> None:
    _invitation, token = invited(lin, society)
    with time_machine.travel(timezone.now() + timedelta(days=settings.INVITATION_DAYS, minutes=1)):
        assert Client().get(path(token)).status_code == 410
        assert Invitation.objects.with_state().get().state == "expired"


def test_it_is_withdrawn(lin, society) -> None:
    invitation, token = invited(lin, society)
    withdraw(invitation=invitation, by=lin)
    assert Client().get(path(token)).status_code == 410
    with pytest.raises(BadInput):
        withdraw(invitation=invitation, by=lin)
    with pytest.raises(BadInput):
        send_again(invitation=invitation, by=lin)


def test_a_new_link_ends_the_old_one(lin, society) -> None:
    invitation, token = invited(lin, society)
    newer = send_again(invitation=invitation, by=lin)
    assert Client().get(path(token)).status_code == 410
    assert Client().get(path(newer)).status_code == 200


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "1" + t, lambda t: t.swapcase(), lambda t: "x"]
)
def test_a_link_that_was_meddled_with(lin, society, change) -> None:
    _invitation, token = invited(lin, society)
    assert Client().get(path(change(token))).status_code == 410


def test_the_database_alone_opens_nothing(lin, society) -> None:
    invitation, token = invited(lin, society)
    kept = json.dumps(list(Invitation.objects.values()), default=str)
    kept += json.dumps(list(AuditEvent.objects.values("data")))
    secret = token.split("~")[1]
    assert secret not in kept and token not in kept
    assert invitation.digest in kept


def test_nobody_invites_above_themselves(lin, society, city, guan) -> None:
    assert grantable_roles(lin, society) == ["reviewer", "member", "secretary"]
    assert grantable_roles(lin, city) == []
    assert set(grantable_roles(guan, society)) == set(Tenure.Role.values)
    member = factories.account(society, "member")
    assert grantable_roles(member, society) == []
    staff = factories.account(city, "staff")
    assert grantable_roles(staff, society) == ["reviewer", "member", "secretary", "staff"]
    for by, where, role in [
        (lin, society, "staff"), (lin, society, "administrator"), (lin, city, "secretary"),
        (staff, city, "administrator"), (member, society, "member"), (lin, society, "king"),
    ]:  # fmt: skip
        with pytest.raises(BadInput):
            invited(by, where, role)
    assert not Invitation.objects.exists()


def test_who_left_the_office_leaves_no_open_door(lin, society) -> None:
    _invitation, token = invited(lin, society)
    lin.person.tenures.update(until=timezone.localdate() - timedelta(days=1))
    answer = Client().post(path(token), CHOSEN)
    assert answer.status_code == 422
    assert not Account.objects.filter(username="zhouxin").exists()


def test_an_account_is_not_handed_to_who_could_not_give_its_roles(lin, society, city) -> None:
    """A chairman without an account, who is also of the society, is not the secretary's to invite."""
    chairman = Person.objects.create(name="主席")
    Tenure.objects.create(person=chairman, organisation=society, role="member")
    Tenure.objects.create(person=chairman, organisation=city, role="leader")
    with pytest.raises(BadInput):
        invited(lin, society, person=chairman)
    plain = Person.objects.create(name="会员")
    Tenure.objects.create(person=plain, organisation=society, role="member")
    _invitation, token = invited(lin, society, person=plain, name="")
    account = accept_as_new(
        token=token, username="huiyuan", password="qingyang-2025", name="", by=None
    )
    assert account.person == plain


def test_an_invitation_for_one_person_is_not_for_another(lin, society, guan) -> None:
    plain = Person.objects.create(name="会员")
    Tenure.objects.create(person=plain, organisation=society, role="member")
    _invitation, token = invited(lin, society, person=plain)
    with pytest.raises(BadInput):
        accept_as_known(token=token, account=guan, by=guan)


def test_it_is_sent_by_mail(lin, society, sent, settings) -> None:
    settings.SITE_URL = "https://sheke.example.cn"
    client = sign_in("lin")
    data = {"organisation": "history", "role": "secretary", "name": "周新", "channel": "mail"}
    missing = client.post(reverse("accounts:invite"), data)
    assert missing.status_code == 422 and not sent
    answer = client.post(reverse("accounts:invite"), data | {"mail": "zhou@example.org"})
    assert answer.status_code == 200
    [message] = sent
    link = answer.context["link"]
    assert link in message["text"] and link.startswith("https://sheke.example.cn/accounts/")
    assert message["address"] == "zhou@example.org"
    client.post(reverse("accounts:send_again", args=[Invitation.objects.get().pk]))
    assert len({m["once"] for m in sent}) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(
    lin, society, number: int, django_assert_num_queries
) -> None:
    for _n in range(number):
        _invitation, token = invited(lin, society)
    accept_as_known(token=token, account=factories.account(society), by=None)
    client = Client()
    client.force_login(lin)
    client.get(reverse("accounts:invitations"))
    with django_assert_num_queries(6):
        page = client.get(reverse("accounts:invitations")).content.decode()
    assert faults(page) == []


def test_one_sees_the_invitations_of_ones_own(lin, society, city, guan) -> None:
    invited(guan, city, "staff", name="局外人")
    page = sign_in("lin").get(reverse("accounts:invitations")).content.decode()
    assert "局外人" not in page
    assert "局外人" in sign_in("guan").get(reverse("accounts:invitations")).content.decode()


def test_the_command_prints_a_link_that_works(society, capsys) -> None:
    call_command("account", "invite", "--organisation", "history", "--name", "周新", "--json")
    said = json.loads(capsys.readouterr().out)
    token = said["link"].rstrip("/").rpartition("/")[2]
    assert Client().post(path(token), CHOSEN).status_code == 302


def test_addresses_of_closed_invitations_are_forgotten(lin, society) -> None:
    invitation, _token = invited(lin, society, mail="a@example.org")
    open_one, _token = invited(lin, society, mail="b@example.org")
    withdraw(invitation=invitation, by=lin)
    forget_what_is_old.enqueue()
    invitation.refresh_from_db()
    open_one.refresh_from_db()
    assert (invitation.mail, open_one.mail) == ("", "b@example.org")


@pytest.mark.parametrize("somebody", [False, True])
def test_the_name_is_optional_only_where_somebody_can_be_chosen(lin, society, somebody) -> None:
    if somebody:
        known = Person.objects.create(name="周知")
        Tenure.objects.create(person=known, organisation=society, role="member")
    form = InviteForm({"organisation": society.code, "role": "member"}, account=lin, here=society)
    assert form.fields["name"].required is not somebody
    assert [str(error) for error in form.errors["name"]] == [str(_("Whom do you invite?"))]
