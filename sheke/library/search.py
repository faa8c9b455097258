"""What is searched of the library: by the site's palette titles and names, by its own index every word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from sheke.core.search import indexes
from sheke.core.search.sources import Document, Row, Source, register, same

from .index import following
from .models import Expert, Work
from .queries import experts_seen_by, works_seen_by


def _works(numbers: Collection[int]) -> Iterable[Document]:
    for work in Work.objects.filter(pk__in=numbers).prefetch_related("contributions"):
        people = " ".join(one.name for one in work.contributions.all())
        yield Document(work.pk, work.title, f"{people} {work.container}")


def hint(work: Work) -> str:
    """By which one title is told from another: whose, where and when it appeared."""
    people = "、".join(one.name for one in work.contributions.all()[:3])
    return " · ".join(part for part in (people, work.container, work.issued) if part)


def _work_row(work: Work) -> Row:
    return Row(work.title, reverse("library:work", args=[work.pk]), hint(work))


def _experts(numbers: Collection[int]) -> Iterable[Document]:
    for expert in Expert.objects.filter(pk__in=numbers, merged_into=None):
        yield Document(expert.pk, expert.name)


def _expert_row(expert: Expert) -> Row:
    shows = not expert.is_public or "employer" in expert.shown
    return Row(expert.name, reverse("library:expert", args=[expert.pk]), expert.employer * shows)


register(
    Source(
        kind="work", label=pgettext_lazy("library", "Works"), icon="library",
        documents=_works,
        ids=lambda: Work.objects.order_by("pk").values_list("pk", flat=True),
        visible=lambda account: works_seen_by(account).prefetch_related("contributions"),
        row=_work_row,
        follows={"library.work": same},
    )
)  # fmt: skip
register(
    Source(
        kind="expert", label=pgettext_lazy("library", "Experts"), icon="graduation-cap",
        documents=_experts,
        ids=lambda: Expert.objects.order_by("pk").values_list("pk", flat=True),
        visible=experts_seen_by,
        row=_expert_row,
        follows={"library.expert": same},
    )
)  # fmt: skip


def _rebuild(progress: Callable[[str, int], None]) -> int | None:
    return following.rebuild(lambda done, _whole: progress("library", done))


indexes.register(
    indexes.Index(
        "library",
        _rebuild,
        lambda: following.catch_up(wait=60),
        following.is_built,
        following.state,
    )
)
