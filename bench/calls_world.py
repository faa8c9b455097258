"""A call of thousands of submissions on its whole way: rows straight into the tables, from a fixed seed.

Applicants of some hundred societies in twenty disciplines; a form with long texts, a file of each, three
reviews of each, a sitting of the panel over the best, a public notice, awards, the log of it all.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from sheke.calls.models import (
    Assignment,
    Award,
    Ballot,
    Call,
    Member,
    Objection,
    ObjectionAnswer,
    Panel,
    Phase,
    PublicNotice,
    Review,
    Reviewer,
    Seat,
    Step,
    Submission,
    Topic,
    Upload,
    Version,
)  # fmt: skip
from sheke.calls.values.digests import digest_of
from sheke.definitions.loading import load_pack
from sheke.definitions.models import Definition
from sheke.definitions.packs import pack_folder, read_pack
from sheke.definitions.queries import current_edition
from sheke.directory.actions import create_organisation
from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.ledger.evidence.actions import store_file

WORDS = "县域公共服务文化传承数字经济基层治理城乡融合教育公平生态保护产业转型红色资源人才发展社会组织社区养老普惠金融"
FAMILY, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "明华建文丽芳军磊静敏涛超秀英霞平刚桂兰洁宇欣",
)
REVIEWS = 3
Rows = Iterable[models.Model]


def build(submissions: int) -> Call:
    """The call of the database, made where it is not there. `submissions` were sent in."""
    if found := Call.objects.filter(key="bench-call").first():
        return found
    draw = random.Random(20_260_401)
    with transaction.atomic():
        units = _organisations()
        load_pack(pack=read_pack(pack_folder("federation")))
        edition = current_edition(Definition.Kind.PROGRAMME, "research_grant")
        call = _call(edition, units[0], "bench-call", 2026)
        _office(units[0])
        _fill(call, units, submissions, draw)
        earlier = _call(edition, units[0], "bench-earlier", 2025)
        _submissions(earlier, units, submissions // 5, draw)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return call


def _organisations() -> list[Organisation]:
    root = create_organisation(
        parent=None, by=None, kind="federation", code="city", name="市社科联"
    )
    counties = [
        create_organisation(parent=root, by=None, kind="county_federation", code=f"c{n}", name=f"第{n}县社科联")
        for n in range(12)
    ]  # fmt: skip
    societies = [
        create_organisation(parent=counties[n % 12], by=None, kind="society", code=f"s{n}", name=f"第{n}学会")
        for n in range(240)
    ]  # fmt: skip
    return [root, *counties, *societies]


def _call(edition: Any, organisation: Organisation, key: str, year: int) -> Call:
    now = timezone.now() - timedelta(days=200 + 365 * (2026 - year))
    call = Call.objects.create(
        key=key, edition=edition, organisation=organisation, title=f"{year}年度课题申报", year=year,
        opens_at=now, closes_at=now + timedelta(days=60), announced_at=now,
    )  # fmt: skip
    for position, stage in enumerate(edition.programme.stages):
        Phase.objects.create(
            call=call, stage=stage.key, position=position, begun_at=now, ended_at=now
        )
    Topic.objects.bulk_create(
        Topic(call=call, number=f"A-{n}", title=f"选题{n}", position=n) for n in range(80)
    )
    return call


def _office(root: Organisation) -> Account:
    person = Person.objects.create(name="办事员")
    Tenure.objects.create(person=person, organisation=root, role="staff")
    return Account.objects.create_user(username="office", password="bench-office", person=person)


def _fill(call: Call, units: list[Organisation], count: int, draw: random.Random) -> None:
    sent = _submissions(call, units, count, draw)
    _draft(call, units, count // 10, draw)
    _seats(call, sent)
    reviewers = _reviewers(call, units, max(10, count // 5))
    _reviews(call, sent, reviewers, draw)
    _sitting(call, sent[: max(3, count // 20)], reviewers)
    _awards(call, sent)
    _notice(call, sent)


def _draft(call: Call, units: list[Organisation], count: int, draw: random.Random) -> None:
    Submission.objects.bulk_create(
        Submission(call=call, edition=call.edition, organisation=draw.choice(units), stage="collect",
                   title="草稿", values={"title": "草稿"})
        for _n in range(count)
    )  # fmt: skip


def _submissions(
    call: Call, units: list[Organisation], count: int, draw: random.Random
) -> list[Submission]:
    """Sent and decided: one in five is awarded, one in ten was refused at the check."""
    topics = list(call.topics.all())
    keys = [c.key for c in call.programme.used_as("discipline").choices]  # type: ignore[union-attr]
    made = []
    for n in range(1, count + 1):
        fate = "refused" if n % 10 == 0 else "awarded" if n % 5 == 1 else "not_awarded"
        title = f"{_text(draw, 12)}研究"
        values = _values(title, draw, keys)
        topic = draw.choice(topics) if n % 3 else None
        made.append(Submission(
            call=call, edition=call.edition, organisation=draw.choice(units[1:]), values=values, title=title,
            lead_name=_name(draw), discipline=values["discipline"], category=values["category"],
            topic=topic, amount=values["amount"], stage="check" if fate == "refused" else "decide",
            number=n, packet=n if n % 10 else None,
        ))  # fmt: skip
        made[-1].fate = fate  # type: ignore[attr-defined]
    Submission.objects.bulk_create(made, batch_size=500)
    Member.objects.bulk_create(_members(made, draw), batch_size=2000)
    uploads = _uploads(made)
    versions = [_version(call, one, uploads[one.pk]) for one in made]
    Version.objects.bulk_create(versions, batch_size=500)
    for one, version in zip(made, versions, strict=True):
        one.sent, one.state = version, one.fate  # type: ignore[attr-defined]
    Submission.objects.bulk_update(made, ["sent", "state"], batch_size=500)
    Step.objects.bulk_create(_steps(call, made), batch_size=2000)
    call.last_number = count
    call.save(update_fields=["last_number"])
    return made


def _values(title: str, draw: random.Random, keys: list[str]) -> dict[str, Any]:
    return {
        "title": title, "category": draw.choice(["key", "general", "youth"]),
        "discipline": draw.choice(keys), "keywords": "、".join(_text(draw, 4) for _n in range(4)),
        "research_type": "applied", "result_forms": ["report", "paper"], "ends_on": "2027-06-30",
        "summary": _text(draw, 400), "state_of_research": f"<p>{_text(draw, 1200)}</p>",
        "content": f"<p>{_text(draw, 1500)}</p>", "novelty": _text(draw, 300),
        "use_of_results": _text(draw, 300), "literature": _text(draw, 500),
        "means": _text(draw, 200), "amount": f"{draw.randint(1, 10)}.00",
        "schedule": [{"from": "2026-07-01", "until": "2026-12-31", "work": _text(draw, 20),
                      "product": "论文"}] * 3,
    }  # fmt: skip


def _members(made: list[Submission], draw: random.Random) -> Iterator[Member]:
    for one in made:
        yield Member(
            submission=one, role=Member.LEAD, name=one.lead_name, organisation=one.organisation,
            born_on=date(1960, 1, 1) + timedelta(days=draw.randint(0, 14_000)),
            gender=draw.choice(["female", "male"]), title=draw.choice(["教授", "副教授", "讲师", "研究员"]),
            phone="13900000000", email="lead@example.org",
        )  # fmt: skip
        for n in range(2):
            yield Member(submission=one, role="member", name=_name(draw), position=n + 1)


def _version(call: Call, one: Submission, file: Upload) -> Version:
    stored = file.stored
    whole: dict[str, Any] = {
        "values": one.values | {file.field: [file.pk]},
        "people": [{"role": "lead", "name": one.lead_name, "employer": str(one.organisation)}],
        "files": [{"field": file.field, "upload": file.pk, "name": file.name,
                   "sha256": stored.sha256, "size": stored.size}],
    }  # fmt: skip
    said = {"call": call.key, "submission": str(one.uid), "version": 1}
    return Version(submission=one, number=1, edition=call.edition, **whole,
                   digest=digest_of(whole | said))  # fmt: skip


def _steps(call: Call, made: list[Submission]) -> Iterator[Step]:
    way = ("recommend", "check", "copycheck", "review", "panel", "notice")
    for one in made:
        yield Step(call=call, submission=one, stage="collect", act="sent")
        fate = one.fate  # type: ignore[attr-defined]
        for stage in way[:1] if fate == "refused" else way:
            yield Step(call=call, submission=one, stage=stage, act="passed")
        yield Step(
            call=call,
            submission=one,
            stage="check" if fate == "refused" else "decide",
            act=fate,
            reason="材料不全。" if fate == "refused" else "",
        )


def _uploads(sent: list[Submission]) -> dict[int, Upload]:
    """A file of some kilobytes of each, by submission."""
    draw, uploads = random.Random(7), []
    for one in sent:
        stored = store_file(file=io.BytesIO(b"%PDF-1.4 " + draw.randbytes(12_000)), name="活页.pdf")
        uploads.append(Upload(submission=one, field="blind_text", stored=stored, name="活页.pdf"))
    Upload.objects.bulk_create(uploads, batch_size=1000)
    return {upload.submission_id: upload for upload in uploads}


def _seats(call: Call, sent: list[Submission]) -> None:
    ranks: dict[int | None, int] = {}
    seats = []
    for one in sent:
        rank = ranks[one.organisation_id] = ranks.get(one.organisation_id, 0) + 1
        seats.append(Seat(call=call, organisation=one.organisation, rank=rank, submission=one))
    Seat.objects.bulk_create(seats, batch_size=1000)


def _reviewers(call: Call, units: list[Organisation], count: int) -> list[Reviewer]:
    people = Person.objects.bulk_create(Person(name=f"评审{n}") for n in range(count))
    now = timezone.now()
    return Reviewer.objects.bulk_create(
        Reviewer(call=call, person=person, accepted=True, answered_at=now,
                 organisation=units[1 + n % (len(units) - 1)])
        for n, person in enumerate(people)
    )  # fmt: skip


def _reviews(
    call: Call, sent: list[Submission], reviewers: list[Reviewer], draw: random.Random
) -> None:
    now = timezone.now()
    assigned = [
        Assignment(call=call, stage="review", submission=one, reviewer=reviewer)
        for one in sent if one.packet for reviewer in draw.sample(reviewers, REVIEWS)
    ]  # fmt: skip
    Assignment.objects.bulk_create(assigned, batch_size=2000)
    marks = ("topic", "case", "feasible")
    Review.objects.bulk_create(
        (Review(assignment=each, total=draw.randint(400, 980) / 10, sent_at=now,
                scores={key: draw.randint(40, 100) for key in marks}, comment=_text(draw, 80))
         for each in assigned), batch_size=2000,
    )  # fmt: skip


def _sitting(call: Call, chosen: list[Submission], reviewers: list[Reviewer]) -> None:
    now = timezone.now()
    panel = Panel.objects.create(
        call=call,
        stage="panel",
        title="会议评审",
        held_at=now,
        quorum=0.6,
        majority=0.5,
        closed_at=now,
    )
    for reviewer in reviewers[:9]:
        panel.members.create(person=reviewer.person, present_at=now)
    result = {"members": 9, "present": 9, "voters": 9, "votes": {"yes": 7, "no": 2, "abstain": 0},
              "needed": 5, "quorate": True, "carried": "yes"}  # fmt: skip
    for position, one in enumerate(chosen):
        item = panel.items.create(submission=one, position=position)
        Ballot.objects.create(item=item, options=[{"key": "yes", "name": ""}, {"key": "no", "name": ""},
                              {"key": "abstain", "name": ""}], closed_at=now, result=result)  # fmt: skip


def _awards(call: Call, sent: list[Submission]) -> None:
    awarded = [one for one in sent if one.fate == "awarded"]  # type: ignore[attr-defined]
    Award.objects.bulk_create(
        (Award(submission=one, call=call, level="general", amount=2, serial=n, number=f"YC2026-{n:04}",
               decided_on=date(2026, 6, 1)) for n, one in enumerate(awarded, start=1)), batch_size=1000,
    )  # fmt: skip


def _notice(call: Call, sent: list[Submission]) -> None:
    entries = [{"submission": one.pk, "number": one.number, "title": one.title, "lead": one.lead_name,
                "organisation": str(one.organisation), "level": "general", "level_name": "一般课题",
                "amount": "2"}
               for one in sent if one.fate == "awarded"]  # type: ignore[attr-defined]  # fmt: skip
    notice = PublicNotice.objects.create(
        call=call, stage="notice", title="公示", entries=entries, opens_on=date(2026, 5, 20),
        closes_on=date(2026, 5, 27),
    )  # fmt: skip
    objection = Objection.objects.create(
        notice=notice, submission=sent[0], name="某人", contact="13900000000", text="请复核。"
    )
    ObjectionAnswer.objects.create(objection=objection, upheld=False, reason="经复核无误。")


def _text(draw: random.Random, length: int) -> str:
    return "".join(islice(iter(lambda: draw.choice(WORDS), ""), length))


def _name(draw: random.Random) -> str:
    return draw.choice(FAMILY) + "".join(draw.choice(GIVEN) for _n in range(draw.randint(1, 2)))
