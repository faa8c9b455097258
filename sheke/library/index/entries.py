"""What is indexed of a work, an expert and a collection, and who sees which part of it.

`open` holds every word that everybody may read, of entries that are public; `closed` what only those read who
keep an entry: all words of one that is not public, and of the others the text of files that are not public
(or not yet), notes, adoptions, fields of a profile that are not shown, a collection's words on works that are
not public. So a word that stands in `open` says by itself that the entry may be seen, and what is not public
is in no field that a public question reads.
"""

from __future__ import annotations

from collections.abc import Collection as Numbers
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheke.core.search.analysis import ANALYSIS, characters, folded_tokens, normal
from sheke.directory.models import STEP, Organisation

from ..models import Collection, Expert, File, Page, Work
from .clauses import SINGLE, Prepared
from .flowing import flowing
from .frequent import terms

FIELDS = 4  # raised when the fields or what stands in them change
SHAPE = f"{FIELDS}.{ANALYSIS}"
BETWEEN = "\ue001"  # between texts that do not follow each other: no phrase reaches over it
KINDS = {"work": 1, "expert": 2, "collection": 3}
SPAN = 1 << 40
PUBLIC = "public"
LEVELS = {level: rank for rank, level in enumerate(Work.Level.values, start=1)}
NO_DATE = 99_999_999


def key_of(kind: str, number: int) -> int:
    return KINDS[kind] * SPAN + number


def named(key: int) -> tuple[str, int]:
    """(kind, number) of a key."""
    kinds = {code: kind for kind, code in KINDS.items()}
    return kinds[key // SPAN], key % SPAN


def ancestors(path: str) -> list[str]:
    """The paths of an organisation and of all above it."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def field_tokens(texts: Iterable[str], words: Sequence[str] = ()) -> str:
    """The string of tokens of a field: the texts' own, then each of their characters once, then those of
    the frequent `words` that stand in them.
    """
    folded = [normal(text) for text in texts if text]
    if not folded:
        return ""
    tokens = [folded_tokens(text) for text in folded]
    said = f" {BETWEEN} ".join(" ".join(found) for found in tokens)
    singles = sorted(set().union(*(characters(text) for text in folded)))
    often = [term for pair in zip(folded, tokens, strict=True) for term in terms(words, *pair)]
    return " ".join([said, BETWEEN, *(SINGLE + one for one in singles), *often])


@dataclass
class Entry:
    """One thing that can be found, in its own words."""

    kind: str
    number: int
    seen: list[str]
    keeper: Organisation
    title: str
    titles: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    issued: str = ""
    level: str = ""

    @property
    def everything(self) -> list[str]:
        """What whoever sees the entry may read."""
        return [self.title, *self.titles, *self.authors, *self.keywords, *self.organisations,
                *self.source, *self.numbers, *self.open]  # fmt: skip

    def prepared(self, words: Sequence[str] = ()) -> Prepared:
        """words: the frequent ones that the index learned."""
        public = PUBLIC in self.seen
        texts = {
            "title": [self.title, *self.titles], "author": self.authors, "keyword": self.keywords,
            "organisation": self.organisations, "source": self.source, "number": self.numbers,
        }  # fmt: skip
        free = self.everything if public else []
        kept = self.closed if public else [*self.everything, *self.closed]
        values = self.values | {
            "seen": self.seen, "type": [self.kind], "keeper": [str(self.keeper.pk)],
            "writer": self.authors[:50], "topic": self.keywords[:50],
        }  # fmt: skip
        return Prepared(
            key_of(self.kind, self.number),
            {name: field_tokens(found) for name, found in texts.items()}
            | {"open": field_tokens(free, words), "closed": field_tokens(kept, words)},
            {name: list(dict.fromkeys(v for v in found if v)) for name, found in values.items()},
            sorting(self.issued, self.level),
        )


def sorting(issued: str, level: str) -> dict[str, int]:
    """`issued` may be partial; a year alone sorts as its beginning."""
    digits = issued.replace("-", "")
    day = int(digits.ljust(8, "0")) if digits else 0
    rank = LEVELS.get(level, 9)
    return {
        "year": day // 10_000, "date": day, "early": day or NO_DATE,
        "rank": rank * 100_000_000 + (NO_DATE - day),
    }  # fmt: skip


def entries(kind: str, numbers: Numbers[int], today: date) -> Iterator[Entry]:
    """The entries of those numbers that (still) exist."""
    return MAKERS[kind](numbers, today)


def _works(numbers: Numbers[int], today: date) -> Iterator[Entry]:
    found = (
        Work.objects.filter(pk__in=numbers)
        .select_related("organisation")
        .prefetch_related("other_titles", "contributions", "identifiers", "adoptions",
                          "placements__collection")
    )  # fmt: skip
    works = list(found)
    texts = _texts(works, today)
    for work in works:
        yield _work(work, *texts.get(work.pk, ([], [])))


def _texts(works: list[Work], today: date) -> Mapping[int, tuple[list[str], list[str]]]:
    """By work: the texts of its open files and of the others, the pages of each in order."""
    files = File.objects.filter(work__in=works).order_by("work", "position", "pk")
    is_open = set(File.objects.filter(work__in=works).open(today).values_list("pk", flat=True))
    pages: dict[int, list[str]] = {}
    held = Page.objects.filter(file__in=files).order_by("file", "number")
    for number, text in held.values_list("file", "text").iterator(chunk_size=200):
        pages.setdefault(number, []).append(text)
    found: dict[int, tuple[list[str], list[str]]] = {}
    for file in files:
        pair = found.setdefault(file.work_id or 0, ([], []))
        pair[file.pk not in is_open].extend([file.name, flowing(pages.pop(file.pk, []))])
    return found


def _work(work: Work, free: list[str], kept: list[str]) -> Entry:
    people = list(work.contributions.all())
    places = [one.collection for one in work.placements.all()]
    adoptions = [f"{one.adopter} {one.note}" for one in work.adoptions.all()]
    return Entry(
        kind="work", number=work.pk, keeper=work.organisation,
        seen=[*([PUBLIC] if work.is_public else []),
              *(f"unit:{path}" for path in ancestors(work.organisation.path))],
        title=work.title, titles=[one.text for one in work.other_titles.all()],
        authors=[one.name for one in people], keywords=[str(one) for one in work.keywords],
        organisations=[work.organisation.name, *(one.organisation_name for one in people)],
        source=[work.container, work.publisher],
        numbers=[one.value for one in work.identifiers.all()],
        open=[work.abstract, *free], closed=[work.note, *adoptions, *kept],
        values={
            "kind": [work.kind], "level": [work.level], "language": [work.language],
            "discipline": [work.discipline[:3]], "when": [str(work.year or "")],
            "collection": [str(one.pk) for one in places if one.published_at],
        },
        issued=work.issued, level=work.level,
    )  # fmt: skip


def _experts(numbers: Numbers[int], today: date) -> Iterator[Entry]:
    found = Expert.objects.filter(pk__in=numbers, merged_into=None).select_related("organisation")
    for expert in found.prefetch_related("variants", "careers"):
        yield _expert(expert)


def _expert(expert: Expert) -> Entry:
    """What a public profile shows is open; of another one everything, to those who see it."""
    shows = set(expert.shown) if expert.is_public else set(Expert.FIELDS)
    words = {
        name: getattr(expert, name) for name in ("employer", "post", "biography", "orcid", "email")
    }
    careers = [(one.employer, one.post) for one in expert.careers.all()]
    variants = [one.name for one in expert.variants.all()]
    free = [text for name, text in words.items() if name in shows]
    kept = [text for name, text in words.items() if name not in shows]
    (free if shows >= Expert.CAREER else kept).extend(part for career in careers for part in career)
    employers = [
        expert.employer,
        *(employer for employer, _post in careers if shows >= Expert.CAREER),
    ]
    own = [f"person:{expert.person_id}"] if expert.person_id else []
    return Entry(
        kind="expert", number=expert.pk, keeper=expert.organisation,
        seen=[*([PUBLIC] if expert.is_public else []), *own,
              *(f"office:{path}" for path in ancestors(expert.organisation.path))],
        title=expert.name, authors=[expert.name],
        organisations=employers if "employer" in shows else [],
        open=[*free, *([] if expert.is_public else variants)],
        closed=[*kept, *(variants if expert.is_public else [])],
        values={"discipline": [str(code)[:3] for code in expert.disciplines]
                if "disciplines" in shows else []},
    )  # fmt: skip


def _collections(numbers: Numbers[int], today: date) -> Iterator[Entry]:
    found = Collection.objects.filter(pk__in=numbers).select_related("organisation")
    for one in found.prefetch_related("placements__work"):
        notes = [(placed.note, placed.work.is_public) for placed in one.placements.all()]
        yield Entry(
            kind="collection", number=one.pk, keeper=one.organisation,
            seen=[*([PUBLIC] if one.published_at else []),
                  *(f"office:{path}" for path in ancestors(one.organisation.path))],
            title=one.title, organisations=[one.organisation.name],
            open=[one.introduction, *(note for note, shown in notes if shown)],
            closed=[note for note, shown in notes if not shown],
        )  # fmt: skip


MAKERS = {"work": _works, "expert": _experts, "collection": _collections}
