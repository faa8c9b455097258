"""Pages of boards: their history, a change of term composed, looked at and made, and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.tables import read_table

from .. import actions
from ..boards import Change, People, boards, compare, standing_board
from ..consents import mark_shown
from ..forms.boards import (
    SPARE,
    SeatForms,
    TableForm,
    TermForm,
    entries_of,
    rows_for,
    rows_of,
    seat_options,
)
from ..models import Organisation, Term
from ..rules import may_change_board
from ..tables.boards import read_board, read_pasted
from .access import account, go, organisation_or_404, require


@require_safe
def board(request: HttpRequest, code: str) -> HttpResponse:
    """The boards of an organisation, term by term."""
    subject = organisation_or_404(code)
    found = boards(subject)
    latest = found[0].term if found else None
    undoable = latest and request.user.has_perm("directory.undo_term", latest) and latest
    standing = standing_board(subject, timezone.localdate())
    mark_shown(
        [t.person for t in (*standing, *(t for b in found for t in b.tenures))], account(request)
    )
    return render(request, "directory/board.html", {
        "subject": subject,
        "standing": standing,
        "boards": found,
        "undoable": undoable,
        "may_change": request.user.has_perm("directory.change_board", subject),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Compose the new board, look at what ends and begins, and make the change."""
    subject = organisation_or_404(code)
    require(request, "change_board", subject)
    people = People(subject, everybody=request.user.has_perm("directory.administer", subject))
    page = Composer(request, subject, people)
    if request.method == "POST" and page.run() and page.term is not None:
        messages.success(request, _("The new term holds; the old board is kept in the history."))
        return go(request, "board", subject.code)
    return render(request, "directory/board_change.html", page.context(), status=page.status)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the latest change of term back."""
    term = get_object_or_404(Term.objects.select_related("organisation"), pk=pk)
    require(request, "undo_term", term)
    try:
        actions.undo_term(term=term, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back; the board is as it was before."))
    return go(request, "board", term.organisation.code)


class Composer:
    """The forms of one request and what came of them."""

    def __init__(self, request: HttpRequest, subject: Organisation, people: People) -> None:
        self.request, self.subject, self.people = request, subject, people
        posted = request.POST or None
        self.about = TermForm(posted)
        self.table = TableForm(posted, request.FILES or None)
        self.seats = self._seats(None)
        self.preview: Change | None = None
        self.refusal = self.error = ""
        self.term: Term | None = None

    def run(self) -> bool:
        """Do what the pressed button says; whether the term was changed."""
        if "fill" in self.request.POST:
            self._fill()
        elif "more" in self.request.POST:
            self._more()
        else:
            self._look(take="take" in self.request.POST)
        return self.term is not None

    @property
    def status(self) -> int:
        wrong = self.error or (self.seats.is_bound and not self.seats.is_valid())
        return 422 if wrong else 200

    def context(self) -> dict[str, Any]:
        return {
            "subject": self.subject, "about": self.about, "seats": self.seats,
            "table": self.table, "preview": self.preview, "refusal": self.refusal,
            "error": self.error,
        }  # fmt: skip

    def _seats(self, rows: list[dict[str, Any]] | None) -> Any:
        """The posted rows, or `rows`, or the standing board."""
        given = seat_options(self.subject, self.people)
        if rows is None and self.request.POST:
            return SeatForms(self.request.POST, form_kwargs=given)
        return SeatForms(initial=rows or rows_of(self.subject), form_kwargs=given)

    def _fill(self) -> None:
        try:
            if not self.table.is_valid():
                raise BadInput(_("Choose a file or paste rows."))
            upload = self.table.cleaned_data["file"]
            pasted = self.table.cleaned_data["pasted"]
            table = read_table(upload, upload.name) if upload else read_pasted(pasted)
            self.seats = self._seats(rows_for(self.subject, read_board(table, self.people)))
        except BadInput as error:
            self.error = str(error)

    def _more(self) -> None:
        """The rows as they are, and empty ones below them."""
        rows = [{name: form[name].value() for name in form.fields} for form in self.seats]
        self.seats = self._seats(rows + [{} for _row in range(SPARE)])

    def _look(self, *, take: bool) -> None:
        if not (self.about.is_valid() and self.seats.is_valid()):
            self.error = _("Something is missing; it is marked below.")
            return
        about = self.about.cleaned_data
        try:
            entries = entries_of(self.seats)
            self.preview = compare(self.subject, entries, about["since"])
            self.refusal = may_change_board(account(self.request), self.preview)
            if take:
                self.term = actions.change_term(
                    organisation=self.subject, entries=entries, by=account(self.request),
                    seen=self.request.POST.get("seen", ""), **about,
                )  # fmt: skip
        except BadInput as error:
            self.error = str(error)
