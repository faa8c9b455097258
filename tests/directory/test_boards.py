"""A change of term: one act, history kept, undone while nothing depends on it, no rights given to oneself."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from sheke.core.errors import BadInput
from sheke.core.tables import write_csv, write_xlsx
from sheke.directory import actions
from sheke.directory.boards import Entry, People, boards, compare, standing_board
from sheke.directory.models import Person, Tenure, Term
from sheke.directory.rules import may_change_board
from sheke.directory.tables.boards import read_board, read_pasted, role_of
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db

SINCE = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-03-01T10:00:00+08:00")


@pytest.fixture
def root():
    return organisation(kind="federation", code="YC")


@pytest.fixture
def society(root):
    return organisation(root, code="S1", name="历史学会")


def holds(society, name, role, post="", **fields):
    person = Person.objects.create(name=name)
    fields = {"since": date(2021, 3, 1)} | fields
    return Tenure.objects.create(
        person=person, organisation=society, role=role, post=post, **fields
    )


@pytest.fixture
def old(society):
    """A board of three, an ordinary member and somebody of the staff, who are not of the board."""
    holds(society, "普通会员", "member")
    holds(society, "职员", "staff")
    return {
        "president": holds(society, "老会长", "leader", "会长"),
        "secretary": holds(society, "老秘书长", "secretary", "秘书长"),
        "council": holds(society, "老理事", "member", "理事"),
    }


def entry(tenure, **changed):
    fields = {"name": tenure.person.name, "role": tenure.role, "post": tenure.post}
    return Entry(**(fields | {"person": tenure.person} | changed))


def new_board(old):
    """The president leaves, the secretary becomes president, the council member stays, one is new."""
    return [
        entry(old["secretary"], role="leader", post="会长"),
        entry(old["council"]),
        Entry("新秘书长", "secretary", "秘书长"),
    ]


def change(society, entries, **fields):
    fields = {"since": SINCE, "by": None} | fields
    return actions.change_term(organisation=society, entries=entries, **fields)


def names(tenures):
    return [t.person.name for t in tenures]


def test_one_act_ends_begins_and_keeps(society, old):
    term = change(society, new_board(old), label="第三届", resolution="云社科〔2026〕3号")
    assert names(standing_board(society, SINCE)) == ["老秘书长", "新秘书长", "老理事"]
    before = standing_board(society, date(2026, 2, 28))
    assert names(before) == ["老会长", "老秘书长", "老理事"]
    assert {t.until for t in before} == {date(2026, 2, 28), None}
    assert Tenure.objects.get(person__name="职员").until is None
    assert Tenure.objects.get(person__name="普通会员").until is None
    assert (term.label, term.seats.count()) == ("第三届", 5)


def test_the_history_shows_who_stood_when(society, old, django_assert_num_queries):
    change(society, new_board(old), since=date(2024, 3, 1), label="第二届")
    change(society, [Entry("全新", "leader", "会长")], label="第三届")
    with django_assert_num_queries(5):
        third, second, first = boards(society)
    assert (third.label, names(third.tenures)) == ("第三届", ["全新"])
    assert (second.since, second.until) == (date(2024, 3, 1), date(2026, 2, 28))
    assert names(second.tenures) == ["老秘书长", "新秘书长", "老理事"]
    assert (first.term, names(first.tenures)) == (None, ["老会长", "老秘书长", "老理事"])


def test_who_stays_goes_on_without_an_end(society, old):
    Tenure.objects.filter(pk=old["council"].pk).update(until=date(2026, 6, 30))
    old["council"].refresh_from_db()
    term = change(society, new_board(old))
    old["council"].refresh_from_db()
    assert old["council"].until is None
    actions.undo_term(term=term, by=None)
    old["council"].refresh_from_db()
    assert old["council"].until == date(2026, 6, 30)


def test_one_new_person_may_take_two_posts(society):
    change(society, [Entry("双任", "leader", "会长"), Entry("双任", "secretary", "秘书长")])
    assert Person.objects.filter(name="双任").count() == 1


@pytest.mark.parametrize("since", [date(2021, 3, 1), date(2020, 1, 1)])
def test_a_term_begins_after_what_it_ends(society, old, since):
    Tenure.objects.filter(pk=old["president"].pk).update(since=since)
    with pytest.raises(BadInput):
        change(society, new_board(old), since=since)
    assert not Term.objects.exists()


def test_what_is_refused_leaves_nothing(society, old):
    for entries in ([], [entry(t) for t in old.values()], [*new_board(old), new_board(old)[2]]):
        with pytest.raises(BadInput):
            change(society, entries)
    change(society, new_board(old))
    with pytest.raises(BadInput):
        change(society, [Entry("再来", "leader", "会长")])
    assert Term.objects.count() == 1
    assert not Person.objects.filter(name="再来").exists()


def test_a_preview_that_is_out_of_date_is_not_made(society, old):
    seen = compare(society, new_board(old), SINCE).digest
    holds(society, "后来者", "member", "理事")
    with pytest.raises(BadInput):
        change(society, new_board(old), seen=seen)
    assert not Term.objects.exists()


def test_undoing_restores_everything(society, old):
    state = list(
        Tenure.objects.order_by("pk").values_list("pk", "person", "role", "since", "until")
    )
    term = change(society, new_board(old))
    actions.undo_term(term=term, by=None)
    assert state == list(
        Tenure.objects.order_by("pk").values_list("pk", "person", "role", "since", "until")
    )
    assert boards(society) == []
    with pytest.raises(BadInput):
        actions.undo_term(term=term, by=None)
    change(society, new_board(old))  # the same day is free again


def test_what_something_depends_on_is_not_undone(society, old):
    first = change(society, new_board(old), since=date(2025, 3, 1))
    second = change(society, [Entry("全新", "leader", "会长")])
    with pytest.raises(BadInput):
        actions.undo_term(term=first, by=None)
    begun = Tenure.objects.get(person__name="全新")
    actions.end_tenure(tenure=begun, last_day=date(2026, 4, 1), by=None)
    with pytest.raises(BadInput):
        actions.undo_term(term=second, by=None)
    assert Tenure.objects.filter(pk=begun.pk).exists()


def allowed(by, society, entries, since=SINCE):
    return may_change_board(by, compare(society, entries, since)) == ""


def test_administrators_and_own_secretaries_change_a_board(root, society, old):
    newcomer = [*map(entry, old.values()), Entry("新理事", "member", "理事")]
    assert allowed(account(root, "administrator"), society, newcomer)
    assert allowed(account(society, "secretary", username="own"), society, newcomer)
    for other in (account(root, "leader"), account(root, "secretary"), account(society, "staff"),
                  account(society, "member"), account(society, "reviewer"),
                  account(organisation(root), "administrator")):  # fmt: skip
        assert not allowed(other, society, newcomer)


def test_a_secretary_neither_gives_nor_takes_more_than_they_hold(society, old):
    secretary = account(society, "secretary")
    keep = [*map(entry, old.values())]
    assert not allowed(secretary, society, [*keep, Entry("新会长", "leader", "副会长")])
    assert not allowed(secretary, society, keep[1:])  # would end the president
    assert allowed(secretary, society, [*keep, Entry("副秘书长", "secretary", "副秘书长")])
    assert allowed(account(society, "leader"), society, [*keep[1:], Entry("新", "leader", "会长")])


def test_nobody_gives_themselves_rights(root, society, old):
    secretary = account(society, "secretary")
    mine = Tenure.objects.get(person=secretary.person)
    keep = [*map(entry, old.values())]
    me = Entry(secretary.person.name, "secretary", "秘书长", secretary.person)
    assert allowed(secretary, society, [*keep, me])  # another name for what they hold
    Tenure.objects.filter(pk=mine.pk).update(until=date(2026, 12, 31))
    assert not allowed(secretary, society, [*keep, me])  # would last longer
    mine.refresh_from_db()
    assert not allowed(secretary, society, [*keep, entry(mine)])  # would be prolonged
    as_member = Entry(me.name, "member", "理事", secretary.person)
    assert allowed(secretary, society, [*keep, as_member])
    admin = account(root, "administrator")
    boss = Entry(admin.person.name, "leader", "会长", admin.person)
    assert allowed(admin, society, [*keep, boss])
    Tenure.objects.filter(person=admin.person).update(until=date(2026, 12, 31))
    assert not allowed(admin, society, [*keep, boss])


def test_the_action_itself_refuses(society, old):
    with pytest.raises(BadInput):
        change(society, new_board(old), by=account(society, "secretary"))
    assert not Term.objects.exists()


def test_a_secretary_finds_only_people_of_the_organisation(root, society):
    stranger = account(root).person
    mine = account(society).person
    assert {p.pk for p in People(society, everybody=False).find("人员")} == {mine.pk}
    everybody = {p.pk for p in People(society, everybody=True).find("人员")}
    assert everybody == {mine.pk, stranger.pk}
    assert People(society, everybody=False).named(stranger.name) is None


@pytest.mark.parametrize(
    ("post", "role"),
    [("会长", "leader"), ("常务副主席", "leader"), ("副秘书长", "secretary"), ("理事", "member"),
     ("名誉会长", "member"), ("监事", "member"), ("办公室主任", "member")],
)  # fmt: skip
def test_a_post_tells_its_role(post, role):
    assert role_of(post) == role


def test_rows_are_pasted_with_and_without_headings(society):
    people = People(society, everybody=True)
    typed = read_board(read_pasted("张三\t会长\n李四 \t 秘书长\n\n王五\t理事"), people)
    named = read_board(read_pasted("职务,姓名\n会长,张三\n秘书长,李四\n理事,王五"), people)
    assert typed == named
    assert [e.role for e in typed] == ["leader", "secretary", "member"]


@pytest.mark.parametrize(
    "text", ["", "张三", "张三\t会长\t皇帝", "张三\t科员\t工作人员", "张三 会长 负责人 R1 多余"]
)
def test_wrong_rows_are_refused(society, text):
    with pytest.raises(BadInput):
        read_board(read_pasted(text), People(society, everybody=True))


def test_people_of_one_name_are_told_apart_by_number(society):
    first = Person.objects.create(name="张三", code="R1")
    Person.objects.create(name="张三", code="R2")
    people = People(society, everybody=True)
    with pytest.raises(BadInput):
        read_board(read_pasted("张三\t会长"), people)
    (one,) = read_board(read_pasted("张三\t会长\t\tR1"), people)
    assert one.person == first
    with pytest.raises(BadInput):
        read_board(read_pasted("李四\t会长\t\tR1"), people)


# --- pages and the command line


def url(name, *args):
    return reverse(f"directory:{name}", args=args)


def rows(*seats, **more):
    """What the browser sends: `seats` are rows of the form."""
    data = {"form-TOTAL_FORMS": len(seats), "form-INITIAL_FORMS": len(seats), "since": "2026-03-01"}
    for number, seat in enumerate(seats):
        data |= {
            f"form-{number}-{key}": value for key, value in ({"role": "member"} | seat).items()
        }
    return data | more


def posted(old):
    return [
        {"standing": old["president"].pk, "post": "会长", "role": "leader", "leaves": "on"},
        {"standing": old["secretary"].pk, "post": "会长", "role": "leader"},
        {"standing": old["council"].pk, "post": "理事"},
        {"name": "新秘书长", "post": "秘书长", "role": "secretary"},
        {},
    ]


def test_a_change_is_looked_at_then_made(client, root, society, old):
    client.force_login(account(root, "administrator"))
    page = client.get(url("change_board", "S1"))
    assert "老会长" in page.content.decode()
    page = client.post(url("change_board", "S1"), rows(*posted(old), look="1"))
    assert page.status_code == 200
    assert names(page.context["preview"].ends) == ["老会长", "老秘书长"]
    assert not Term.objects.exists()
    seen = page.context["preview"].digest
    page = client.post(url("change_board", "S1"), rows(*posted(old), take="1", seen=seen))
    assert page.status_code == 302
    assert names(standing_board(society, SINCE)) == ["老秘书长", "新秘书长", "老理事"]
    page = client.get(url("board", "S1"))
    client.post(url("undo_term", Term.objects.get().pk))
    assert names(standing_board(society, SINCE)) == ["老会长", "老秘书长", "老理事"]


def test_taking_without_looking_is_refused(client, root, society, old):
    client.force_login(account(root, "administrator"))
    page = client.post(url("change_board", "S1"), rows(*posted(old), take="1"))
    assert page.status_code == 422
    assert not Term.objects.exists()


def test_the_rows_are_filled_from_a_table(client, root, society, old):
    client.force_login(account(root, "administrator"))
    page = client.post(
        url("change_board", "S1"),
        rows(*posted(old), fill="1", pasted="老秘书长\t会长\n新人\t秘书长"),
    )
    filled = [form.initial for form in page.context["seats"]]
    assert [row.get("leaves", False) for row in filled[:3]] == [True, False, True]
    assert filled[1]["post"] == "会长"
    assert filled[3]["name"] == "新人"
    file = write_xlsx(rows=[["新人", "会长"]], columns=["姓名", "职务"], title="x")
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("board.xlsx", file)
    page = client.post(url("change_board", "S1"), rows(*posted(old), fill="1", file=upload))
    assert page.context["error"] == ""
    page = client.post(url("change_board", "S1"), rows(*posted(old), more="1"))
    assert len(page.context["seats"].forms) == 8


def test_who_may_not_is_told(client, root, society, old):
    client.force_login(account(society, "member"))
    assert client.get(url("board", "S1")).status_code == 200
    assert client.get(url("change_board", "S1")).status_code == 403
    assert client.get(url("board_people", "S1")).status_code == 403
    client.force_login(account(society, "secretary"))
    page = client.post(url("change_board", "S1"), rows(*posted(old), look="1"))
    assert page.context["refusal"]
    assert "take" not in page.content.decode().split("board-form")[1].split("name=")[-1]
    term = change(society, new_board(old))
    assert client.post(url("undo_term", term.pk)).status_code == 403


def test_somebody_not_of_the_organisation_is_not_brought_in_by_number(client, root, society):
    stranger = account(root).person
    client.force_login(account(society, "secretary"))
    seat = {"person": stranger.pk, "post": "理事"}
    page = client.post(url("change_board", "S1"), rows(seat, look="1"))
    assert page.status_code == 422


def test_composing_costs_the_same_for_a_small_and_a_large_board(
    client, root, society, old, django_assert_num_queries
):
    client.force_login(account(root, "administrator"))
    client.get(url("change_board", "S1"))
    for _round in range(2):
        with django_assert_num_queries(7):
            client.get(url("change_board", "S1"))
        with django_assert_num_queries(9):
            client.get(url("board", "S1"))
        for number in range(5):
            holds(society, f"理事{number}", "member", "理事")


def test_the_command_changes_a_board(society, old, tmp_path, capsys):
    file = tmp_path / "board.csv"
    file.write_bytes(write_csv(["姓名", "职务"], [["老秘书长", "会长"], ["新人", "秘书长"]]))
    given = ("organisation", "board", "S1", "--file", str(file), "--from", "2026-03-01", "--json")
    capsys.readouterr()
    call_command(*given, "--dry-run")
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["ends"]] == ["老会长", "老秘书长", "老理事"]
    assert not Term.objects.exists()
    call_command(*given, "--label", "第三届")
    capsys.readouterr()
    call_command("organisation", "boards", "S1", "--json")
    latest, before = json.loads(capsys.readouterr().out)
    assert (latest["term"], len(latest["people"]), before["until"]) == ("第三届", 2, "2026-02-28")
