"""Consents, one's own data, and erasing a person without touching what the organisation did."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from sheke.accounts.models import SignIn
from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.directory import actions
from sheke.directory.consents import audiences, mark_shown, public_fields
from sheke.directory.holdings import held_of, mentions_of
from sheke.directory.models import Account, Consent, Erasure, Person, Tenure
from sheke.indicators.evaluation import evaluate
from sheke.indicators.questions import Question
from sheke.ledger.models import Record, Version
from sheke.plans import actions as planning
from sheke.plans.reading import read_plan
from sheke.reports.actions.reports import fill_report, freeze_report
from sheke.reports.models import Snapshot
from sheke.reports.sealing import broken_seals
from tests import factories
from tests.factories import account, organisation
from tests.reports.worlds import YEAR, make_template

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


@pytest.fixture
def root():
    return organisation(kind="federation", code="YC", name="云川市社科联")


@pytest.fixture
def admin(root):
    return account(root, "administrator")


@pytest.fixture
def li(root):
    """A secretary with everything that names them."""
    society = organisation(root, code="S1", name="历史学会")
    made = account(society, "secretary", username="lixiaoyun")
    Person.objects.filter(pk=made.person_id).update(
        name="李晓云", phone="13800001234", email="li@example.org", title="教授", code="R77"
    )
    Tenure.objects.filter(person=made.person).update(post="秘书长", since=date(2021, 1, 1))
    made.refresh_from_db()
    return made


def agreed(person, field, audience):
    return actions.agree(person=person, wanted={field: audience}, by=person.account)


# --- consents


def test_contacts_are_for_those_who_need_them_until_the_person_agrees(root, li):
    stranger = account(organisation(root), "secretary")
    mark_shown([li.person], stranger)
    assert li.person.shown == {"title", "posts"}
    mark_shown([li.person], account(root, "staff"))
    assert li.person.shown == {"phone", "email", "title", "posts"}
    agreed(li.person, "phone", "federation")
    mark_shown([li.person], stranger)
    assert "phone" in li.person.shown
    assert public_fields(li.person) == frozenset()
    agreed(li.person, "title", "public")
    assert public_fields(li.person) == {"title"}


def test_every_change_is_kept_and_the_latest_holds(li):
    assert agreed(li.person, "phone", "public") == ["phone"]
    assert agreed(li.person, "phone", "public") == []
    agreed(li.person, "phone", "nobody")
    assert [c.audience for c in li.person.consents.order_by("id")] == ["public", "nobody"]
    assert {c.by for c in Consent.objects.all()} == {li}
    assert audiences([li.person_id])[li.person_id]["phone"] == "nobody"


def test_nobody_agrees_for_somebody_else(admin, li):
    for by in (admin, None):
        with pytest.raises(BadInput):
            actions.agree(person=li.person, wanted={"phone": "public"}, by=by)
    with pytest.raises(BadInput):
        agreed(li.person, "faith", "public")


def test_pages_show_what_was_agreed(client, root, li):
    client.force_login(account(organisation(root), "secretary"))
    page = client.get(url("person", li.person_id)).content.decode()
    assert "13800001234" not in page
    assert "秘书长" in page
    assert "教授" in page
    agreed(li.person, "phone", "federation")
    agreed(li.person, "posts", "nobody")
    agreed(li.person, "title", "nobody")
    for where in (
        url("person", li.person_id),
        url("people"),
        url("organisation", "S1"),
        url("board", "S1"),
    ):
        page = client.get(where).content.decode()
        assert "秘书长" not in page
        assert "教授" not in page
    assert "13800001234" in client.get(url("person", li.person_id)).content.decode()


def test_an_export_holds_no_contacts_of_those_who_left(client, root, li):
    """They are listed for their past tenure; whoever administers that needs their telephone no more."""
    society = li.person.tenures.get().organisation
    client.force_login(account(society, "administrator"))
    assert "13800001234" in client.get(url("export", "people", "csv")).content.decode()
    Tenure.objects.filter(person=li.person).update(until=date(2022, 1, 1))
    page = client.get(url("export", "people", "csv")).content.decode()
    assert "李晓云" in page
    assert "13800001234" not in page


# --- my data


def test_my_data_are_shown_and_taken_away(client, li):
    record = factories.record(factories.lecture_type(), organisation(), by=li, title="我的讲座")
    client.force_login(li)
    page = client.get(url("my_data"))
    assert "13800001234" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    answer = client.get(url("my_data_file"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        told = json.loads(file.read("data.json"))
        assert "我的讲座" in file.read("data.html").decode()
    assert told["held"]["directory.person"][0]["phone"] == "13800001234"
    assert told["held"]["ledger.versions"][0]["record"] == record.pk
    assert told["held"]["directory.tenures"][0]["post"] == "秘书长"
    assert told["held"]["directory.events"][0]["verb"] == "record.post"
    assert {"plans.duties", "plans.completions"} <= set(told["held"])


def test_my_data_are_mine_alone(client, li):
    other = account(organisation(), "secretary")
    factories.record(factories.lecture_type(), organisation(), by=other, title="别人的讲座")
    client.force_login(li)
    answer = client.get(url("my_data_file"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert "别人的讲座" not in file.read("data.json").decode()


def test_an_account_without_a_person_has_no_data(client):
    client.force_login(Account.objects.create_superuser("machine", "k7mp-x2rq-9hda"))
    assert client.get(url("my_data")).status_code == 403


def test_consents_are_chosen_on_the_page(client, li):
    client.force_login(li)
    wanted = {"phone": "federation", "email": "nobody", "title": "public", "posts": "federation"}
    assert client.post(url("my_consents"), wanted).status_code == 302
    assert audiences([li.person_id])[li.person_id] == wanted
    assert client.post(url("my_consents"), wanted | {"phone": "all"}).status_code == 422


def test_asking_to_be_erased_reaches_the_administrator(client, root, admin, li):
    client.force_login(li)
    client.post(url("ask_erasure"), {"note": "已退休"})
    client.force_login(admin)
    assert "已退休" in client.get(url("person", li.person_id)).content.decode()
    assert url("erase_person", li.person_id) in client.get(url("people")).content.decode()
    client.force_login(li)
    client.post(url("withdraw_erasure"))
    client.force_login(admin)
    assert url("erase_person", li.person_id) not in client.get(url("people")).content.decode()


# --- erasure


def erase(person, by, **changed):
    given = {"confirmation": person.name, "reason": "本人申请"} | changed
    return actions.erase_person(person=person, by=by, **given)


def test_what_names_the_person_is_gone(admin, li):
    person, number = li.person, li.person_id
    agreed(person, "phone", "public")
    erase(person, admin)
    person.refresh_from_db()
    li.refresh_from_db()
    assert (person.name, person.phone, person.email, person.title, person.code) == (
        f"已删除的人员 #{number}", "", "", "", None
    )  # fmt: skip
    assert (li.username, li.is_active, li.has_usable_password()) == (
        f"erased-{li.pk}",
        False,
        False,
    )
    tenure = Tenure.objects.get(person=person)
    assert tenure.post == "秘书长"
    assert not Tenure.objects.filter(person=person).at(date.today()).exists()
    assert not Consent.objects.exists()
    event = AuditEvent.objects.get(verb="person.erase")
    told = f"{event.subject_name} {event.data}"
    assert not any(word in told for word in ("李晓云", "1380000", "lixiaoyun", "li@"))


def test_sums_digests_and_seals_stay(root, admin, li):
    lecture, society = factories.lecture_type(), li.person.tenures.get().organisation
    held = factories.indicator("lectures_held")
    record = factories.record(
        lecture, society, by=li, title="李晓云讲历史", amounts={"attendance": "120"},
        attributes={"speaker": "李晓云"},
    )  # fmt: skip
    bound = {"held": {"binding": "indicator", "indicator": "lectures_held",
                      "printing": {"unit": "场"}, "scope": {"own": True}}}  # fmt: skip
    template = make_template(society, ["总结", "全年举办讲座{held:20场}。"], bound)
    report = fill_report(template=template, organisation=society, period=YEAR, by=li)
    freeze_report(report=report, by=li)
    question = Question(held, root, *YEAR)
    before = evaluate(question), list(Version.objects.values_list("digest", "content"))
    erase(li.person, admin)
    assert (evaluate(question), list(Version.objects.values_list("digest", "content"))) == before
    assert before[0].rows == 1
    assert broken_seals(list(Snapshot.objects.order_by("id"))) == []
    record.refresh_from_db()
    assert (record.title, record.posted_by_id) == ("李晓云讲历史", li.pk)
    assert "李晓云" not in str(record.posted_by)


def test_texts_that_name_the_person_are_listed_and_kept(admin, li):
    lecture, society = factories.lecture_type(), li.person.tenures.get().organisation
    factories.record(lecture, society, title="李晓云讲历史")
    factories.record(lecture, society, title="读书会", attributes={"speaker": "李晓云"})
    factories.record(lecture, society, title="沙龙", note="主持：李晓云")
    factories.record(lecture, society, title="李晓讲历史")
    read = read_plan("乙学会2025年工作要点\n一、办好讲座\n1. 李晓云牵头办讲坛。\n2. 编印读本。\n")
    planning.import_plan(organisation=society, read=read, by=None)
    places = [mention.place for mention in mentions_of(li.person)]
    assert sorted(places) == sorted(["标题", "字段", "说明", "要点事项"])
    erasure = erase(li.person, admin)
    assert len(erasure.mentions) == 4
    assert "李晓云" not in str(erasure.mentions)
    assert Record.objects.filter(title="李晓云讲历史").exists()


def test_erasing_asks_for_the_name_a_reason_and_somebody_else(admin, li):
    for changed in ({"confirmation": "李晓"}, {"reason": " "}, {"reason": "李晓云申请"}):
        with pytest.raises(BadInput):
            erase(li.person, admin, **changed)
    with pytest.raises(BadInput):
        erase(admin.person, admin)
    machine = Account.objects.create_superuser("machine", "k7mp-x2rq-9hda")
    machine.person = Person.objects.create(name="机器管理员")
    machine.save()
    with pytest.raises(BadInput):
        erase(machine.person, admin)
    li.person.refresh_from_db()
    assert li.person.name == "李晓云"
    assert not Erasure.objects.exists()


def test_who_was_erased_is_nobody_s_any_more(client, root, admin, li):
    erase(li.person, admin)
    li.person.refresh_from_db()
    with pytest.raises(BadInput):
        erase(li.person, admin)
    with pytest.raises(BadInput):
        actions.change_person(person=li.person, name="李晓云", by=admin)
    with pytest.raises(BadInput):
        actions.give_tenure(person=li.person, organisation=root, role="member", by=admin)
    assert not admin.has_perm("directory.administer_account", li)
    assert not admin.has_perm("directory.administer_person", li.person)
    client.force_login(admin)
    assert "李晓云" not in client.get(url("people"), {"q": "李"}).content.decode()
    assert "本人申请" in client.get(url("person", li.person_id)).content.decode()


def test_the_page_says_what_goes_and_what_stays(client, admin, li):
    client.force_login(admin)
    page = client.get(url("erase_person", li.person_id))
    gone = {one.holding.key for one in page.context["gone"]}
    kept = {one.holding.key for one in page.context["kept"]}
    assert gone >= {"directory.person", "directory.account"}
    assert kept == {"directory.tenures"}
    wrong = client.post(url("erase_person", li.person_id), {"reason": "申请", "confirmation": "x"})
    assert wrong.status_code == 422
    answer = client.post(
        url("erase_person", li.person_id), {"reason": "申请", "confirmation": "李晓云"}
    )
    assert answer.status_code == 302
    assert Erasure.objects.get().by == admin
    client.force_login(account(organisation(), "administrator"))
    assert client.get(url("erase_person", li.person_id)).status_code == 403


def test_a_session_of_the_erased_ends(client, admin, li):
    client.force_login(li)
    assert client.get(url("index")).status_code == 200
    erase(li.person, admin)
    assert client.get(url("index")).status_code == 302


def test_new_audit_events_call_people_by_number(admin):
    person = actions.create_person(name="周某", phone="13900001111", by=admin)
    tenure = actions.give_tenure(
        person=person, organisation=organisation(name="学会"), role="member", by=admin
    )
    actions.end_tenure(tenure=tenure, last_day=date(2030, 1, 1), by=admin)
    names = AuditEvent.objects.filter(actor_id=admin.pk).values_list("subject_name", flat=True)
    assert len(names) == 3
    assert not any("周某" in name for name in names)


def test_everything_held_can_be_written_down(li):
    assert {held.holding.key for held in held_of(li.person)} >= {
        "directory.person",
        "ledger.versions",
    }


def test_sign_ins_and_invitations_go_too(admin, li):
    SignIn.objects.create(account=li, method="password", succeeded=True, address="10.0.0.7")
    erase(li.person, admin)
    assert not SignIn.objects.exists()
