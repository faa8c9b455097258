"""The list of works that somebody keeps: drafts, public ones, those taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from sheke.core.tables import write_xlsx

from .disciplines import discipline_name
from .models import Contribution, Work
from .queries import works_kept_by

DRAFT = Q(published_at=None)
PUBLIC = Q(published_at__isnull=False, withdrawn_at=None)
WITHDRAWN = Q(withdrawn_at__isnull=False)
STATES = {"draft": DRAFT, "public": PUBLIC, "withdrawn": WITHDRAWN}


class ShelfForm(forms.Form):
    """What is sought among the works that one keeps."""

    q = forms.CharField(label=gettext_lazy("Title or author"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[
            ("", pgettext_lazy("works", "All")), ("draft", pgettext_lazy("work", "Draft")),
            ("public", pgettext_lazy("work", "Public")),
            ("withdrawn", pgettext_lazy("work", "Taken back")),
        ],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False,
        choices=[("", pgettext_lazy("kinds", "All")), *Work.Kind.choices],
    )  # fmt: skip
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1000, max_value=2200
    )


def shelf(account: Any, asked: Mapping[str, Any]) -> tuple[ShelfForm, QuerySet[Work]]:
    """The works that the account keeps, as asked, the latest first, with authors. Two queries a page."""
    form = ShelfForm(asked)
    form.is_valid()
    wanted = form.cleaned_data
    found = works_kept_by(account)
    if state := wanted.get("state"):
        found = found.filter(STATES[state])
    for name in ("kind", "year"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if text := (wanted.get("q") or "").strip():
        named = Contribution.objects.filter(work=OuterRef("pk"), name__icontains=text)
        found = found.filter(Q(title__icontains=text) | Exists(named))
    authors = Prefetch("contributions", Contribution.objects.order_by("position"))
    return form, found.select_related("organisation").prefetch_related(authors).order_by("-pk")


def state_of(work: Work) -> str:
    """One of STATES."""
    return "public" if work.is_public else "withdrawn" if work.was_public else "draft"


def state_name(work: Work) -> str:
    return {
        "draft": pgettext("work", "Draft"), "public": pgettext("work", "Public"),
        "withdrawn": pgettext("work", "Taken back"),
    }[state_of(work)]  # fmt: skip


def shelf_table(works: QuerySet[Work]) -> bytes:
    """The list as a workbook."""
    heads = [
        pgettext("work", "Title"), _("Authors"), _("Kind"), pgettext("work", "Date"), _("Appeared in"), pgettext("work", "Level"),
        _("Discipline"), _("Keywords"), _("Kept by"), _("State"), _("Public since"),
    ]  # fmt: skip
    return write_xlsx(
        heads,
        _rows(works),
        title=_("Works"),
        widths={pgettext("work", "Title"): 40, _("Appeared in"): 28},
    )


def _rows(works: QuerySet[Work]) -> Iterator[list[Any]]:
    for work in works.iterator(chunk_size=500):
        since = timezone.localtime(work.published_at) if work.published_at else None
        yield [
            work.title, "、".join(c.name for c in work.contributions.all()), work.get_kind_display(),
            work.issued, work.container, work.get_level_display(), discipline_name(work.discipline),
            "、".join(work.keywords), work.organisation.name, state_name(work),
            f"{since:%Y-%m-%d}" if since else "",
        ]  # fmt: skip
