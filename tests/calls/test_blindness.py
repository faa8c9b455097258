"""A reviewer's account against every address of the site: it learns no applicant.

Every name, organisation, telephone, mail and file name of a submission under review is looked for in
every answer – pages, sheets, files with all that is packed in them, headers, refusals.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from docx import Document

from sheke.api.actions import issue_token
from sheke.calls.actions.packets import make_packets, release_packets, settle_findings
from sheke.calls.actions.reviewers import (
    invite_reviewers,
    remind_reviewers,
    remind_reviewers_by_clock,
)
from sheke.calls.models import (
    Assignment,
    Member,
    Packet,
    PacketFile,
    Reviewer,
    Submission,
    Upload,
)
from sheke.calls.reviewing import packing
from sheke.core.search.following import rebuild
from sheke.definitions.converters import KINDS
from sheke.directory.models import Account, Tenure
from sheke.ledger.evidence.actions import store_file
from sheke.notices.actions.feeds import make_feed
from sheke.notices.models import Message, Notice
from tests import factories
from tests.calls import factories as calls
from tests.calls.reviewing.looking import text_of
from tests.calls.reviewing.worlds import World, world

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
LEAD, MEMBER, UNIT = "欧阳明远", "司徒静姝", "云岭师范大学社科联"
PHONE, MAIL, FILE = "13987654321", "ouyangmy@yunling.example", "欧阳明远论证活页终稿.docx"
SECRETS = (LEAD, MEMBER, UNIT, "云岭师大", PHONE, MAIL, "论证活页终稿", "ouyangmy", "秘密前期成果")
# Names of all people and organisations stand in the directory for everybody; nothing of a submission may.
DIRECTORY = ("/organisations/", "/calls/organisations/")
ASKED_BY = ("q", "text", "search", "name")  # each page reads one of these
FULL = 12_000  # addresses tried at most


class Undone(Exception):
    """Takes back what a request wrote."""


def document() -> bytes:
    made = Document()
    made.core_properties.author = made.core_properties.last_modified_by = LEAD
    made.core_properties.comments = MAIL
    made.add_paragraph(f"课题由{LEAD}主持，{UNIT}承担，联系电话{PHONE}。")
    made.sections[0].header.paragraphs[0].text = UNIT
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def made() -> World:
    """A submission under review that names its authors everywhere, blacked out and released."""
    made = world(submissions=2, reviewers=3, reviews=2)
    submission = made.submissions[0]
    unit = submission.organisation
    assert unit is not None
    unit.name, unit.short_name = UNIT, "云岭师大"
    unit.save()
    by = submission.made_by
    assert by is not None and by.person is not None
    by.person.name, by.person.phone, by.person.email = LEAD, PHONE, MAIL
    by.person.save()
    lead = submission.members.get(role="lead")
    lead.name, lead.employer, lead.phone, lead.email = LEAD, UNIT, PHONE, MAIL
    lead.save()
    Member.objects.create(submission=submission, role="member", name=MEMBER, employer=UNIT)
    stored = store_file(file=io.BytesIO(document()), name=FILE)
    upload = Upload.objects.create(
        submission=submission, field="proposal", stored=stored, name=FILE
    )
    submission.lead_name = LEAD
    submission.values |= {
        "proposal": [upload.pk], "groundwork": [{"work": "秘密前期成果", "year": "2024"}],
        "summary": f"{LEAD}与{MEMBER}（{UNIT}）提出县域研究，邮箱{MAIL}。",
    }  # fmt: skip
    calls.send(submission)
    make_packets(call=made.call, stage="review", by=made.office)
    black_out(made)
    made.deployed()
    return made


def black_out(made: World) -> None:
    for packet in Packet.objects.all():
        keys = [each["key"] for each in packing.marked(packet.findings, packet.settled)]
        for file in packet.files.all():
            keys += [
                e["key"] for e in packing.marked(file.findings, packet.settled, f"f{file.pk}-")
            ]
        settle_findings(packet=packet, keys=keys, decision="replaced", by=made.office)
    release_packets(call=made.call, packets=Packet.objects.all(), by=made.office)
    assert not Packet.objects.filter(released_at=None).exists()


@pytest.fixture
def reviewer(made: World) -> Account:
    """Who reviews the submission, and holds the role of a reviewer at the office too."""
    one = Assignment.objects.in_force().filter(submission=made.submissions[0])[0].reviewer
    Tenure.objects.create(person=one.person, organisation=made.city, role="reviewer")
    return made.account_of(one)


def values(made: World) -> dict[str, list[Any]]:
    """What may stand in an address, by its converter: numbers, keys and names of the submission."""
    submission = Submission.objects.get(pk=made.submissions[0].pk)
    lead = submission.members.get(role="lead")
    numbers = {
        submission.pk, submission.number, submission.packet, submission.blind.pk, made.call.pk,
        submission.sent_id, lead.pk, lead.person_id, submission.organisation_id,
        *submission.uploads.values_list("pk", flat=True),
        *PacketFile.objects.values_list("pk", flat=True),
        *submission.assignments.values_list("pk", flat=True),
        *made.call.reviewers.values_list("pk", flat=True),
        *made.call.plans.values_list("pk", flat=True), submission.uploads.get().stored_id,
        *made.call.phases.values_list("pk", flat=True),
    }  # fmt: skip
    organisation = submission.organisation
    assert organisation is not None
    # Other parts of the site number what they hold themselves.
    elsewhere = {submission.pk, lead.person_id, organisation.pk, submission.uploads.get().stored_id}
    texts = [made.call.key, organisation.code, str(submission.uid), "xlsx", "lead", "1"]
    return {
        "int": sorted(n for n in numbers if n is not None), "uuid": [submission.uid], "str": texts,
        "elsewhere": sorted(elsewhere), "slug": texts, "kind": [*KINDS.values()], "path": [submission.uploads.get().stored.file.name],
    }  # fmt: skip


def addresses(made: World, held: dict[str, list[Any]] | None = None) -> Iterator[str]:
    """Every address with everything that may stand in it, or with what is `held` alone."""
    held = held or values(made)
    for name, pattern in patterns(get_resolver().url_patterns):
        kinds = [type(c).__name__.removesuffix("Converter").lower().replace("string", "str")
                 for c in pattern.values()]  # fmt: skip
        if not name.startswith("calls:") and "elsewhere" in held:
            kinds = ["elsewhere" if kind == "int" else kind for kind in kinds]
        choices = [held.get(kind, held["str"]) for kind in kinds]
        if len(choices) > 1:
            choices = [each[:8] for each in choices]
        for chosen in product(*choices):
            try:
                yield reverse(name, kwargs=dict(zip(pattern, chosen, strict=True)))
            except NoReverseMatch:
                continue


def patterns(
    found: list[URLPattern | URLResolver], space: str = "", outer: dict[str, Any] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names of addresses with the converters of their parts."""
    for pattern in found:
        own = {**(outer or {}), **getattr(pattern.pattern, "converters", {})}
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern.url_patterns, inner, own)
        elif pattern.name:
            yield f"{space}{pattern.name}", own


def leaks(
    client: Client, method: str, url: str, *, secrets: tuple[str, ...] = SECRETS, **extra: Any
) -> list[str]:
    """The secrets in an answer; what the request wrote is taken back."""
    try:
        with transaction.atomic():
            answer = getattr(client, method)(url, **extra)
            text = text_of(answer)
            raise Undone
    except Undone:
        return [secret for secret in secrets if secret in text]


def of(url: str) -> tuple[str, ...]:
    """What may not stand at an address."""
    if url.startswith(DIRECTORY):
        title = Submission.objects.exclude(packet=None).order_by("pk")[0].title
        return (PHONE, MAIL, "论证活页终稿", "秘密前期成果", title)
    return SECRETS


def signed_in(account: Account) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account)
    return client


def test_the_same_search_finds_the_names_for_the_office(made: World) -> None:
    """Otherwise the tests below could not fail."""
    client = signed_in(made.office)
    number = made.submissions[0].pk
    for name in ("calls:submission", "calls:submissions"):
        url = reverse(name, args=[number if name == "calls:submission" else made.call.pk])
        assert LEAD in leaks(client, "get", url)


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_tells_a_reviewer_who_applies(
    made: World, reviewer: Account, method: str
) -> None:
    client = signed_in(reviewer)
    tried = list(dict.fromkeys(addresses(made)))
    mine = reverse("calls:review", args=[_mine(made, reviewer).pk])
    assert mine in tried and len(tried) < FULL
    found = {url: said for url in tried if (said := leaks(client, method, url, secrets=of(url)))}
    assert found == {}


def test_the_packet_itself_and_its_file_are_read_and_tell_nothing(
    made: World, reviewer: Account
) -> None:
    client = signed_in(reviewer)
    one = _mine(made, reviewer)
    page = client.get(reverse("calls:review", args=[one.pk]))
    assert "县域研究" in page.content.decode() and "■■" in page.content.decode()
    answer = client.get(reverse("calls:review_file", args=[one.pk, 1]))
    text = text_of(answer)
    assert answer.status_code == 200 and "课题由" in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_search_and_queries_tell_nothing(made: World, reviewer: Account) -> None:
    """By what reviewers read nobody is found; by a name (the directory is no secret) no submission."""
    rebuild()
    client = signed_in(reviewer)
    submission = Submission.objects.get(pk=made.submissions[0].pk)
    read = [submission.title, "县域研究", str(submission.packet)]
    for name, pattern in patterns(get_resolver().url_patterns):
        if pattern:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:  # its parts have no names
            continue
        for words in read:
            here = tuple(secret for secret in of(url) if secret not in read)
            said = leaks(client, "get", url, secrets=here, data=dict.fromkeys(ASKED_BY, words))
            assert said == [], (name, words)
        own = name == "calls:reviews"  # their queue lists what they review, whatever is asked
        for words in () if own else (LEAD, UNIT, PHONE):
            given = dict.fromkeys(ASKED_BY, words)
            said = leaks(client, "get", url, secrets=(submission.title,), data=given)
            assert said == [], (name, words)


def test_the_interface_for_programs_tells_nothing(made: World, reviewer: Account) -> None:
    """A reviewer has no tenure by which a token acts; one is forced here all the same."""
    person = reviewer.person
    assert person is not None
    tenure = Tenure.objects.create(
        person=person, organisation=factories.organisation(made.city), role="secretary"
    )
    _token, secret = issue_token(
        account=reviewer, tenure=tenure, name="试", writes=False, expires_on=None, by=reviewer
    )
    head = {"Authorization": f"Bearer {secret}"}
    urls = [url for url in dict.fromkeys(addresses(made)) if url.startswith("/api/")]
    assert urls
    for url in urls:
        assert leaks(Client(raise_request_exception=False), "get", url, headers=head) == [], url


def test_fragments_and_answers_for_scripts_tell_nothing(made: World, reviewer: Account) -> None:
    """Pages that answer otherwise to htmx or to a script, at the addresses of calls."""
    client = signed_in(reviewer)
    submission = Submission.objects.get(pk=made.submissions[0].pk)
    numbers = {"int": [submission.pk, made.call.pk, _mine(made, reviewer).pk]}
    held = values(made) | numbers
    asked = ({"HX-Request": "true"}, {"Accept": "application/json"})
    for url in addresses(made, held):
        if not url.startswith("/calls/"):
            continue
        for headers in asked:
            assert leaks(client, "get", url, secrets=of(url), headers=headers) == [], (url, headers)


def test_notices_mails_and_the_calendar_tell_nothing(made: World, reviewer: Account) -> None:
    """Everything that reviewing tells a reviewer, by whatever channel."""
    one = _mine(made, reviewer)
    invite_reviewers(
        call=made.call, reviewers=made.call.reviewers.exclude(pk=one.reviewer_id),
        due_on=timezone.localdate(), by=made.office,
    )  # fmt: skip
    Reviewer.objects.filter(pk=one.reviewer_id).update(accepted=None, answered_at=None)
    invite_reviewers(
        call=made.call, reviewers=[one.reviewer], due_on=timezone.localdate(), by=made.office
    )
    Reviewer.objects.filter(pk=one.reviewer_id).update(accepted=True, answered_at=timezone.now())
    made.call.phases.filter(stage="review").update(due_on=timezone.localdate())
    remind_reviewers(call=made.call, by=made.office)
    remind_reviewers_by_clock(today=timezone.localdate(), by=None)
    said = [f"{n.text} {n.url} {n.data}" for n in Notice.objects.filter(account=reviewer)]
    said += [str(vars(message)) for message in Message.objects.filter(account=reviewer)]
    assert len(said) >= 2
    _feed, token = make_feed(organisation=None, by=reviewer)
    feed = Client().get(reverse("notices:feed", args=[token])).content.decode()
    title = made.submissions[0].title
    assert "BEGIN:VEVENT" in feed
    for text in [*said, feed]:
        assert [secret for secret in (*SECRETS, title) if secret in text] == []


def test_a_recused_or_strange_reviewer_reads_no_packet(made: World, reviewer: Account) -> None:
    one = _mine(made, reviewer)
    strangers = [a for a in made.accounts if a != reviewer]
    for account in strangers:
        assert signed_in(account).get(reverse("calls:review", args=[one.pk])).status_code == 404
    Assignment.objects.filter(pk=one.pk).update(ended_at=one.made_at, end="recused")
    assert signed_in(reviewer).get(reverse("calls:review", args=[one.pk])).status_code == 404


def _mine(made: World, reviewer: Account) -> Assignment:
    return Assignment.objects.get(
        submission=made.submissions[0], reviewer__person=reviewer.person, ended_at=None
    )
