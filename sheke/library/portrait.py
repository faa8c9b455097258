"""What a reader sees of a profile: each field only where the person agreed, all of it for the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from .disciplines import discipline_name
from .models import Contribution, Distinction, Expert, Work
from .queries import works_seen_by

TOPICS = 12


@dataclass(frozen=True)
class Service:
    """What a person did elsewhere in Sheke: a project led, a round of reviews; `open` for everybody."""

    field: str  # “projects” or “service”
    title: str
    note: str = ""
    url: str = ""
    open: bool = False


# Apps above say what they know of a person: (person's number) → services.
Provider = Callable[[int], Iterable[Service]]
PROVIDERS: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Let an app above say what it knows of a person."""
    if provider not in PROVIDERS:
        PROVIDERS.append(provider)
    return provider


@dataclass(frozen=True)
class Fellow:
    """Somebody with whom works were written together; without a profile that may be shown only the name."""

    name: str
    count: int
    expert: Expert | None = None


@dataclass(frozen=True)
class Portrait:
    """The profile as one reader sees it. `fields` are those that may be printed."""

    expert: Expert
    fields: frozenset[str]
    written: list[Work] = field(default_factory=list)  # what topics and fellows come from
    topics: list[tuple[str, int]] = field(default_factory=list)
    fellows: list[Fellow] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)

    @property
    def works(self) -> list[Work]:
        return self.written if "works" in self.fields else []

    @property
    def disciplines(self) -> list[str]:
        return [discipline_name(code) for code in self.expert.disciplines]

    def shows(self, name: str) -> bool:
        return name in self.fields


def portrait_of(expert: Expert, account: Any, *, whole: bool = False) -> Portrait:
    """The profile for a reader; `whole` for the office and the person. At most six queries.

    Works are those that the reader may see anyway.
    """
    fields = frozenset(Expert.FIELDS) if whole else frozenset(expert.shown)
    mine = Contribution.objects.filter(expert=expert).values("work")
    works = list(_with_authors(works_seen_by(account).filter(pk__in=mine)))
    services = [
        each for provider in PROVIDERS if expert.person_id
        for each in provider(expert.person_id) if each.field in fields and (whole or each.open)
    ]  # fmt: skip
    return Portrait(
        expert, fields,
        written=works,
        topics=topics_of(works) if "topics" in fields else [],
        fellows=fellows_of(expert, works, whole=whole) if "network" in fields else [],
        services=services,
    )  # fmt: skip


def topics_of(works: Iterable[Work]) -> list[tuple[str, int]]:
    """The keywords of works, the most frequent first."""
    counted = Counter(word for work in works for word in work.keywords)
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:TOPICS]


def fellows_of(expert: Expert, works: Iterable[Work], *, whole: bool = False) -> list[Fellow]:
    """With whom the works were written, the most frequent first."""
    known: dict[str, tuple[str, Expert | None]] = {}
    counted: Counter[str] = Counter()
    for work in works:
        for one in work.contributions.all():
            if one.expert_id == expert.pk or one.role == Contribution.Role.ORGANISATION:
                continue
            key = f"#{one.expert_id}" if one.expert_id else one.name
            shown = one.expert if one.expert and (whole or one.expert.is_public) else None
            known[key] = (one.expert.name if shown and one.expert else one.name, shown)
            counted[key] += 1
    ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return [Fellow(known[key][0], count, known[key][1]) for key, count in ranked]


def _with_authors(works: QuerySet[Work]) -> QuerySet[Work]:
    return works.prefetch_related("contributions__expert").order_by("-year", "-pk")


def same_names(experts: QuerySet[Expert]) -> list[tuple[Expert, Expert]]:
    """Pairs of profiles that share a name or a variant and were not said to be two people. Three queries."""
    found = list(experts.prefetch_related("variants"))
    named: dict[str, list[Expert]] = {}
    for each in found:
        for name in {each.name, *(variant.name for variant in each.variants.all())}:
            named.setdefault(name, []).append(each)
    numbers = [each.pk for each in found]
    apart = set(
        Distinction.objects.filter(first__in=numbers, second__in=numbers).values_list(
            "first", "second"
        )
    )
    pairs: dict[tuple[int, int], tuple[Expert, Expert]] = {}
    for group in named.values():
        for place, first in enumerate(group):
            for second in group[place + 1 :]:
                low, high = sorted((first, second), key=lambda expert: expert.pk)
                if (low.pk, high.pk) not in apart:
                    pairs[low.pk, high.pk] = (low, high)
    return list(pairs.values())


def candidates(name: str, experts: QuerySet[Expert]) -> QuerySet[Expert]:
    """Profiles that are called so, by name or variant."""
    return experts.filter(Q(name=name) | Q(variants__name=name)).distinct()


def employers_of(experts: Collection[Expert]) -> dict[int, list[str]]:
    """The organisations printed on the works of each, to tell people of one name apart. One query."""
    rows = Contribution.objects.filter(expert__in=[e.pk for e in experts]).exclude(
        organisation_name=""
    )
    found: dict[int, dict[str, None]] = {}
    for expert, name in rows.order_by("-work__year").values_list("expert_id", "organisation_name"):
        found.setdefault(expert or 0, {})[name] = None
    return {expert: list(names)[:3] for expert, names in found.items()}
