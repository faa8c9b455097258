"""What is searched of the plans: their titles and every item."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.core.search.sources import Document, Row, Source, register, same
from sheke.directory.models import Account

from .models import Item, Plan
from .queries import visible_plans


def _plans(numbers: Collection[int]) -> Iterable[Document]:
    for plan in Plan.objects.filter(pk__in=numbers).select_related("organisation"):
        words = f"{plan.year} {plan.organisation.name} {plan.introduction}"
        yield Document(plan.pk, plan.title, words, [plan.organisation_id])


def _plan_row(plan: Plan) -> Row:
    return Row(plan.title, reverse("plans:detail", args=[plan.pk]), plan.organisation.label)


def _items(numbers: Collection[int]) -> Iterable[Document]:
    for item in Item.objects.filter(pk__in=numbers).select_related("plan"):
        yield Document(item.pk, item.title, item.text, [item.plan.organisation_id])


def _item_row(item: Item) -> Row:
    return Row(str(item), reverse("plans:item", args=[item.pk]), item.plan.title)


def _visible_items(account: Account) -> QuerySet[Item]:
    return Item.objects.filter(plan__in=visible_plans(account).values("pk")).select_related("plan")


def _scope(account: Account) -> Collection[int]:
    return list(
        visible_plans(account).order_by().values_list("organisation_id", flat=True).distinct()
    )


def _of_plans(numbers: Collection[int]) -> Iterable[int]:
    """An edit of the tree names the plan only."""
    return Item.objects.filter(plan__in=numbers).values_list("pk", flat=True)


register(
    Source(
        kind="plan", label=_("Work points"), icon="list-tree",
        documents=_plans,
        ids=lambda: Plan.objects.order_by("year", "pk").values_list("pk", flat=True),
        visible=visible_plans,
        row=_plan_row,
        scope=_scope,
        follows={"plans.plan": same},
    )
)  # fmt: skip
register(
    Source(
        kind="item", label=_("Plan items"), icon="list-checks",
        documents=_items,
        ids=lambda: Item.objects.order_by("plan__year", "plan", "-position").values_list("pk", flat=True),
        visible=_visible_items,
        row=_item_row,
        scope=_scope,
        follows={"plans.item": same, "plans.plan": _of_plans},
    )
)  # fmt: skip
