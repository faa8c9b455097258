"""Building the whole demonstration in one transaction, step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.directory.models import Organisation
from sheke.ledger.models import Record

from .applying import make_draft
from .boards import change_boards
from .calls import make_calls
from .checks import make_checks
from .conversations import make_conversations
from .invitations import make_invitations
from .library import make_library
from .meetings import make_meetings
from .more_calls import make_more_calls
from .organisations import change_organisations, make_organisations
from .people import make_people
from .plans import complete_items, make_plans
from .records import make_records
from .reports import make_reports
from .returns import confirm_most, make_returns

START = date(2023, 1, 3)  # the day on which the invented office began to use Sheke
VERB = "demo.build"

Progress = Callable[[str, int, int], None]  # step, done, of how many


def is_built() -> bool:
    """Whether this database holds the demonstration."""
    return AuditEvent.objects.filter(verb=VERB).exists()


def check_empty() -> None:
    """Raise BadInput for a database with somebody's own data."""
    if Organisation.objects.exists() or Record.objects.exists():
        raise BadInput(
            _(
                "This database holds data that are not the demonstration's. Set SHEKE_VAR to "
                "another folder, for example: SHEKE_VAR=/tmp/sheke-demo sheke demo"
            )
        )


@transaction.atomic
def build(progress: Progress, today: date | None = None) -> None:
    """Make everything, or nothing. Needs the packs loaded."""
    check_empty()
    today = today or timezone.localdate()
    progress("organisations", 0, 1)
    tree = make_organisations(START)
    change_organisations(tree, today)
    accounts = make_people(tree, START)
    change_boards(tree, accounts["guanli"], today)
    office = accounts["kezhang"]
    progress("organisations", 1, 1)
    progress("plans", 0, 1)
    headings = make_plans(tree, office, today)
    progress("plans", 1, 1)
    make_records(tree, headings, office, today, lambda done, all_: progress("records", done, all_))
    progress("reports", 0, 1)
    _count_rows()
    complete_items(office, today)
    make_meetings(tree, office, today)
    confirm_most(office, today)
    make_returns(tree, office, today)
    make_library(tree, accounts, today)
    make_checks(tree, office)
    make_calls(tree, office, today)
    make_draft(accounts["lishi"], today)
    make_more_calls(tree, accounts, today, START)
    make_reports(tree, office, today)
    make_conversations(accounts, today)
    make_invitations(accounts, today)
    audit.record(VERB, tree.root, by=None)
    progress("reports", 1, 1)


def _count_rows() -> None:
    """PostgreSQL plans by its statistics, which know nothing yet of what this transaction wrote."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
