"""A whole call on an empty database: 500 submissions and 120 reviewers from sheets, to certificates.

uv run python scripts/call_run.py --json
uv run python scripts/call_run.py --submissions 100 --reviewers 30 --json

An award of the shipped pack goes through every stage by the product's own commands and actions; its
reviews and votes are drawn by chance. Prints one JSON object: seconds of each step and every count,
each checked against the rows behind it. Ends with 1 where a check does not hold.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from call_people import SENTENCES, World, reviewers_sheet, submissions_sheet

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
PROGRAMME = "works_award"
STAGES = ("recommend", "check", "copycheck", "review", "panel", "notice", "decide")


class Run:
    """What was done, how long it took, and whether its counts are right."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}  # of this process: what a busy machine does not change
        self.counts: dict[str, Any] = {}
        self.wrong: list[str] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        say(name)
        began, used = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 2)
        self.cpu[name] = round(time.process_time() - used, 2)

    def check(self, name: str, found: Any, expected: Any) -> None:
        """Keep a count that was taken in two ways."""
        self.counts[name] = found
        if found != expected:
            self.wrong.append(f"{name}: {found}, expected {expected}")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=500)
    parser.add_argument("--reviewers", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="Keep the database and the certificates there.")
    parser.add_argument("--json", action="store_true", help="Print compact JSON.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        os.environ["SHEKE_VAR"] = str(folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sheke.site.settings")
        import django

        django.setup()
        run = whole(folder, options.submissions, options.reviewers, options.seed)
    result = {
        "submissions": options.submissions, "reviewers": options.reviewers, "seed": options.seed,
        "seconds": run.seconds, "cpu_seconds": run.cpu,
        "total_seconds": round(sum(run.seconds.values()), 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "counts": run.counts, "wrong": run.wrong,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False, indent=None if options.json else 2))
    sys.exit(1 if run.wrong else 0)


def whole(folder: Path, submissions: int, reviewers: int, seed: int) -> Run:
    """Everything, one step after the other."""
    from sheke.directory.models import Organisation
    from sheke.site.demo.clock import clock
    from sheke.site.installing import set_up

    run, random = Run(), Random(seed)
    with run.step("tables and pack"):
        set_up()
    if Organisation.objects.exists():
        sys.exit(f"{folder} holds data already; give an empty folder")
    today = date.today()
    with run.step("organisations and accounts"), clock(today - timedelta(days=90)):
        world = World(random)
    days = {stage: today - timedelta(days=days) for stage, days in zip(
        ("collect", *STAGES), (70, 40, 32, 27, 25, 15, 13, 1), strict=True)}  # fmt: skip
    with clock(days["collect"]):
        call = collect(run, world, folder, submissions, days)
    with clock(days["recommend"]):
        recommend(run, world, call, random)
    with clock(days["check"]):
        office_check(run, world, call)
    with clock(days["copycheck"]):
        copy_check(run, world, call)
    with clock(days["review"]):
        review(run, world, call, folder, reviewers, seed)
    with clock(days["panel"]):
        panel(run, world, call, random)
    with clock(days["notice"]):
        notice(run, world, call)
    with clock(days["decide"]):
        decide(run, world, call, folder)
        count(run, world, call)
    return run


def command(*words: str) -> Any:
    """What a command of `sheke call` prints as JSON."""
    from django.core.management import call_command

    out = io.StringIO()
    with redirect_stdout(out):
        call_command("call", *words, "--json")
    return json.loads(out.getvalue())


def collect(run: Run, world: World, folder: Path, number: int, days: dict[str, date]) -> Any:
    """The office opens the call; submissions come in a sheet."""
    from sheke.calls.models import Call

    first, last = days["collect"], days["recommend"] - timedelta(days=1)
    kinds = [word for kind in World.KINDS for word in ("--kind", kind)]
    with run.step("open the call"):
        made = command("open", PROGRAMME, "--organisation", "city", "--opens", first.isoformat(),
                       "--closes", last.isoformat(), "--quota", "20", "--announce", "--by",
                       "office", *kinds)  # fmt: skip
    call = Call.objects.get(key=made["key"])
    sheet = folder / "submissions.xlsx"
    with run.step("write the sheet of submissions"):
        sheet.write_bytes(submissions_sheet(call, world, number))
    with run.step("check the sheet"):
        dry = command("import-submissions", str(sheet), call.key, "--dry-run")
    with run.step("import submissions"):
        done = command("import-submissions", str(sheet), call.key, "--by", "office")
    run.check("rows checked", dry["rows"], number)
    run.check("imported", done["imported"], number)
    run.check("submissions", call.submissions.sent_in().count(), number)
    return call


def recommend(run: Run, world: World, call: Any, random: Random) -> None:
    """Each organisation recommends within its quota."""
    from sheke.calls.actions.recommending import recommend
    from sheke.calls.models import Seat
    from sheke.site.demo.call_stages import turn

    with run.step("end collecting"):
        turn(call, "collect", "recommend", world.office)
    there = list(call.submissions.select_related("call", "edition", "organisation"))
    random.shuffle(there)
    taken: Counter[int] = Counter()
    with run.step("recommend"):
        for one in there:
            if taken[one.organisation_id] < 20:
                recommend(
                    submission=one, reason="符合条件。", by=world.secretaries[one.organisation_id]
                )
                taken[one.organisation_id] += 1
    with run.step("end recommending"):
        turn(call, "recommend", "check", world.office)
    run.check("recommended", Seat.objects.exclude(submission=None).count(), taken.total())
    run.check("at the check", call.submissions.filter(stage="check").standing().count(), taken.total())  # fmt: skip


def office_check(run: Run, world: World, call: Any) -> None:
    """The office refuses one of twenty-five."""
    from sheke.calls.actions.checks import pass_submissions, refuse_submissions
    from sheke.site.demo.call_stages import turn

    there = list(call.submissions.filter(stage="check").standing())
    refused = [one for one in there if one.number % 25 == 0]
    with run.step("refuse at the check"):
        refuse_submissions(
            call=call, submissions=refused, reason="不在评选年度内。", by=world.office
        )
    with run.step("pass the check"):
        pass_submissions(
            call=call, submissions=[s for s in there if s not in refused], by=world.office
        )
    with run.step("end the check"):
        turn(call, "check", "copycheck", world.office)
    passed = call.submissions.filter(stage="copycheck").standing().count()
    run.check("passed the check", passed, len(there) - len(refused))


def copy_check(run: Run, world: World, call: Any) -> None:
    from sheke.calls.actions.phases import skip_copycheck
    from sheke.site.demo.call_stages import phase_of, turn

    with run.step("copy check by hand"):
        skip_copycheck(
            phase=phase_of(call, "copycheck"), reason="学科组已人工查重。", by=world.office
        )
        turn(call, "copycheck", "review", world.office)


def review(run: Run, world: World, call: Any, folder: Path, number: int, seed: int) -> None:
    """Packets, reviewers, conflicts, assignment, a recusal, reviews, scores."""
    from sheke.calls.models import Assignment, Packet, Review
    from sheke.site.demo import call_stages

    standing = call.submissions.filter(stage="review").standing()
    with run.step("make and release packets"):
        call_stages.release(call, world.office)
    released = Packet.objects.filter(submission__call=call, released_at__isnull=False).count()
    run.check("packets released", released, standing.count())
    accepted = reviewers(run, world, call, folder, number)
    with run.step("assign"):
        plan = command("assign", call.key, "--seed", str(seed), "--deploy", "--by", "office")
    run.check("pairs", len(plan["pairs"]), 5 * standing.count())
    run.counts["gap"] = plan.get("gap")
    run.check("without a review", plan["missing"], 0)
    recuse(run, call)
    with run.step("check the assignment"):
        checked = command("check", call.key)
    run.check("rules kept", (checked["holds"], checked["violations"]), (True, []))
    quality = Random(seed)
    judged = {one.pk: quality.gauss(72, 9) for one in standing}
    found = Assignment.objects.in_force().filter(call=call).select_related("call__edition__definition")  # fmt: skip
    with run.step("write reviews"):
        call_stages.write_reviews(list(found), judged, SENTENCES, quality, by=accepted)
    sent = Review.objects.filter(assignment__call=call, sent_at__isnull=False).count()
    run.check("reviews sent", sent, 5 * standing.count())
    expected = standing.count()
    with run.step("end the review"):
        call_stages.turn(call, "review", "panel", world.office)
    with run.step("scores"):
        scored = command("scores", call.key, "--within", "100")
    run.check("scored", len(scored["submissions"]), expected)


def reviewers(run: Run, world: World, call: Any, folder: Path, number: int) -> dict[int, Any]:
    """A hundred and twenty from a sheet; each thirtieth declines. {person: account} of the others."""
    from sheke.calls.actions.reviewers import (
        answer_invitation,
        import_reviewers,
        invite_reviewers,
    )

    sheet = folder / "reviewers.xlsx"
    sheet.write_bytes(reviewers_sheet(world, number))
    with run.step("import reviewers"), sheet.open("rb") as file:
        import_reviewers(call=call, file=file, name=sheet.name, by=world.office)
    there = list(call.reviewers.select_related("person", "call"))
    run.check("reviewers", len(there), number)
    accounts = {r.person_id: world.account(r.person, f"r{n}") for n, r in enumerate(there)}
    with run.step("invite reviewers"):
        due = date.today() + timedelta(days=1)
        told = invite_reviewers(call=call, reviewers=there, due_on=due, by=world.office)
    run.check("invited", told.accounts, number)
    with run.step("answer invitations"):
        for n, one in enumerate(there, start=1):
            answer_invitation(
                reviewer=one, accepted=n % 30 > 0, reason="出差", by=accounts[one.person_id]
            )
    accepted = call.reviewers.filter(accepted=True).count()
    run.check("accepted", accepted, number - number // 30)
    return accounts


def recuse(run: Run, call: Any) -> None:
    """One steps aside; somebody else is found with the fewest changes."""
    from sheke.calls.actions.assigning import recuse_assignment
    from sheke.calls.models import Assignment

    before = set(Assignment.objects.in_force().filter(call=call).values_list("pk", flat=True))
    one = Assignment.objects.select_related("call").get(pk=min(before))
    with run.step("one recusal"):
        new = recuse_assignment(assignment=one, kind="teacher", reason="师生关系", by=None)
    after = set(Assignment.objects.in_force().filter(call=call).values_list("pk", flat=True))
    run.check("assignments changed by a recusal", len(after - before), len(new))
    run.check("pairs after a recusal", len(after), len(before))


def panel(run: Run, world: World, call: Any, random: Random) -> None:
    """Nine members vote in secret on everything: levels for the best, a plain yes or no for the rest."""
    from sheke.calls.deciding.proposals import scores_of
    from sheke.calls.models import Ballot, Vote
    from sheke.site.demo import call_stages

    scores = scores_of(call)
    standing = call.submissions.filter(stage="panel").standing().select_related("call", "organisation")  # fmt: skip
    ordered = sorted(standing, key=lambda one: scores[one.pk].place)
    order = [(one, wanted(place, len(ordered))) for place, one in enumerate(ordered)]
    with run.step("panel with secret ballots"):
        call_stages.sit(
            call, "终评会", world.panel, order, random, place="三楼会议室", by=world.office
        )
    run.check("ballots", Ballot.objects.filter(closed_at__isnull=False).count(), len(order))
    voters = sum(sum(b.result["votes"].values()) for b in Ballot.objects.all())
    run.check("votes", Vote.objects.count(), voters)
    with run.step("end the panel"):
        call_stages.turn(call, "panel", "notice", world.office)
    carried = sum(ballot.result["carried"] is not None for ballot in Ballot.objects.all())
    run.check("carried", call.submissions.filter(stage="notice").standing().count(), carried)


def wanted(place: int, number: int) -> str:
    """What most members vote: ten, thirty and sixty prizes of five hundred; a yes for half the rest."""
    share = place * 500 / number
    for key, most in (("first", 9), ("second", 36), ("third", 90)):
        if share < most:
            return key
    return "yes" if share < 300 else "no"


def notice(run: Run, world: World, call: Any) -> None:
    """The list is public; somebody objects, the office answers."""
    from sheke.calls.actions.objections import answer_objection, object_to
    from sheke.calls.actions.proposing import propose_as_voted
    from sheke.site.demo import call_stages

    with run.step("propose as voted"):
        proposed = propose_as_voted(call=call, by=world.office)
    with run.step("publish the notice"):
        published = call_stages.publish(call, "现予公示。", world.office)
    run.check("on the notice", len(published.entries), proposed)
    with run.step("an objection, answered"):
        said = object_to(notice=published, entry=1, name="林知远", contact="0591-87654321",
                         text="成果发表时间存疑。", by=None)  # fmt: skip
        answer_objection(objection=said, upheld=False, reason="经核对，发表时间无误。",
                         by=world.office)  # fmt: skip


def decide(run: Run, world: World, call: Any, folder: Path) -> None:
    """Decision with letters and records, certificates, the end of the call."""
    from sheke.calls.actions.calls import close_call
    from sheke.calls.actions.deciding import decide_call
    from sheke.calls.models import Certificate
    from sheke.site.demo import call_stages

    with run.step("end the notice"):
        call_stages.turn(call, "notice", "decide", world.office)
    waiting = call.submissions.filter(stage="decide").standing().count()
    with run.step("decide"):
        awards = decide_call(call=call, by=world.office)
    run.counts["awards"] = len(awards)
    refused = call.submissions.filter(stage="decide", state="not_awarded").count()
    run.check("decided", len(awards) + refused, waiting)
    with run.step("certificates"):
        done = command("certificates", call.key, "-o", str(folder / "certificates"), "--by", "office")  # fmt: skip
    run.check("certificates", Certificate.objects.filter(revoked_at=None).count(), len(awards))
    files = [p for p in (folder / "certificates").iterdir() if p.read_bytes().startswith(b"%PDF")]
    run.check("files of certificates", len(files), len(done["files"]))
    with run.step("close the call"):
        call_stages.turn(call, "decide", "", world.office)
        close_call(call=call, by=world.office)


def count(run: Run, world: World, call: Any) -> None:
    """The ledger holds a record of each award, and the indicators count just these."""
    from sheke.calls.models import Award, Step
    from sheke.definitions.queries import indicators
    from sheke.indicators.evaluation import evaluate, records_behind
    from sheke.indicators.questions import Question
    from sheke.ledger.models import Record

    posted = Record.objects.filter(call_posting__award__call=call)
    awards = Counter(Award.objects.filter(call=call).values_list("level", flat=True))
    run.check("records", posted.count(), awards.total())
    day = posted[0].happened_on
    known = indicators()
    with run.step("indicators"):
        for key, level in (("awards_conferred", ""), ("first_prizes", "first"),
                           ("second_prizes", "second"), ("third_prizes", "third")):  # fmt: skip
            asked = Question(
                known[key], world.city, date(day.year, 1, 1), date(day.year, 12, 31), own=False
            )
            value = evaluate(asked).value
            run.check(key, int(value or 0), awards[level] if level else awards.total())
            behind = set(records_behind(asked).values_list("pk", flat=True))
            mine = set(posted.values_list("pk", flat=True))
            run.check(f"{key}: records behind it", len(behind & mine), len(behind))
    acts = Counter(Step.objects.filter(call=call).values_list("act", flat=True))
    run.check("log: awarded", acts["awarded"], awards.total())
    run.check("log: certified", acts["certified"], awards.total())


if __name__ == "__main__":
    main()
