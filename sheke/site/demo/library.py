"""The library of the demonstration: works with texts, experts, collections, adoptions."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx

from sheke.directory.models import Account
from sheke.library import actions
from sheke.library.actions import collections as collecting
from sheke.library.actions import experts as knowing
from sheke.library.describing import Author, Description
from sheke.library.intake.folders import bring, files_below
from sheke.library.intake.storing import keep
from sheke.library.intake.working import work_on
from sheke.library.models import Contribution, Expert, File, Page, Work
from sheke.library.passages.holdings import take_in

from .box.making import make_box
from .clock import clock
from .organisations import Tree
from .source import read

BROUGHT = {
    "1998征集通知.txt", "縣誌風俗篇.txt", "方言词语.txt", "农家书屋调查报告.docx",
    "农家书屋调查报告 - 副本.docx", "损坏的文件.pdf", "空文件.txt",
}  # fmt: skip
SAID = ("kind", "title", "language", "issued", "abstract", "discipline", "level", "container",
        "volume", "issue", "pages", "publisher", "place")  # fmt: skip


def make_library(tree: Tree, accounts: dict[str, Account], today: date) -> None:
    """Everything public but for one draft, one file under embargo and two profiles without agreement."""
    office = accounts["kezhang"]
    works = {}
    for place, entry in enumerate(read("library")["works"]):
        with clock(today - timedelta(days=300 - 20 * place), 9):
            works[entry["title"]] = _work(entry, tree, office, today)
        for one in entry.get("adoptions", ()):
            _adoption(one, works[entry["title"]], office, today + timedelta(days=one["days"]))
    _bring_box(tree, office, today)
    for entry in read("library")["experts"]:
        with clock(today - timedelta(days=40), 10):
            _expert(entry, tree, accounts)
    for entry in read("library")["collections"]:
        with clock(today - timedelta(days=30), 11):
            _collection(entry, works, tree, office)


def _bring_box(tree: Tree, office: Account, today: date) -> None:
    """A few files that came in last week: drafts, one that is here already, two that are broken."""
    with TemporaryDirectory() as folder, clock(today - timedelta(days=6), 16):
        chosen = [path for path in make_box(Path(folder)) if path.name in BROUGHT]
        batch = bring(
            files_below(chosen), organisation=tree.root, title="文史资料移交（第一箱）", by=office,
            way="upload", queue=False,
        )  # fmt: skip
        work_on(batch, alone=True)


def _work(entry: dict[str, Any], tree: Tree, office: Account, today: date) -> Work:
    said = Description(
        **said_of(entry),
        keywords=tuple(entry.get("keywords", ())),
        authors=tuple(_author(*one) for one in entry.get("authors", ())),
        identifiers=tuple(map(tuple, entry.get("identifiers", ()))),
        other_titles=tuple(map(tuple, entry.get("other_titles", ()))),
        relations=tuple((kind, None, text) for kind, text in entry.get("relations", ())),
    )  # fmt: skip
    files = [_file(entry, today)] if "pages_text" in entry else []
    work = actions.create_work(
        organisation=tree.by_name[entry["of"]], description=said, by=office, files=files
    )
    for file in files:
        take_in(file)
    if not entry.get("draft"):
        actions.publish_works(works=[work], by=office)
    return work


def said_of(entry: dict[str, Any]) -> dict[str, Any]:
    """The plain fields that an entry says."""
    return {name: str(entry[name]) for name in SAID if name in entry}


def _author(name: str, employer: str, role: str = "author") -> Author:
    return Author(name, role, employer)


def _adoption(entry: dict[str, Any], work: Work, office: Account, day: date) -> None:
    with clock(day, 15):
        actions.add_adoption(
            work=work, kind=entry["kind"], adopter=entry["adopter"], level=entry["level"],
            adopted_on=day, by=office, file=_letter(entry["adopter"], work),
            name=f"{entry['adopter']}采纳函.docx",
        )  # fmt: skip


def _letter(adopter: str, work: Work) -> io.BytesIO:
    """The letter that shows it."""
    document = docx.Document()
    document.add_heading("采纳函", level=1)
    document.add_paragraph(f"贵会报送的《{work.title}》收悉，所提建议已转有关部门研究采纳。")
    document.add_paragraph(adopter)
    file = io.BytesIO()
    document.save(file)
    return file


def _file(entry: dict[str, Any], today: date) -> File:
    """A plain text file with its pages, one below the other."""
    pages = [text.strip() for text in entry["pages_text"]]
    name = f"{entry['title'][:60]}.txt"
    file = File.objects.create(
        stored=keep(io.BytesIO("\f".join(pages).encode()), name), name=name, kind="txt",
        access=entry.get("file", "office"), encoding="utf-8",
        embargo_until=today + timedelta(days=entry["embargo"]) if "embargo" in entry else None,
    )  # fmt: skip
    Page.objects.bulk_create(Page(file=file, number=n, text=t) for n, t in enumerate(pages, 1))
    return file


def _expert(entry: dict[str, Any], tree: Tree, accounts: dict[str, Account]) -> None:
    office = accounts["kezhang"]
    account = accounts.get(entry.get("user", ""))
    expert = knowing.create_expert(
        organisation=tree.by_name[entry["of"]], name=entry["name"], kind=entry["kind"], by=office,
        person=account.person if account else None,
        employer=entry.get("employer", ""), post=entry.get("post", ""), orcid=entry.get("orcid", ""),
        disciplines=entry.get("disciplines", []), biography=entry.get("biography", ""),
    )  # fmt: skip
    careers = [
        (employer, post, since, until) for since, until, employer, post in entry.get("careers", ())
    ]
    variants = entry.get("variants", [])
    if careers or variants:
        knowing.describe_expert(expert=expert, by=office, variants=variants, careers=careers)
    if entry["kind"] == Expert.Kind.AUTHOR:
        return
    for one in Contribution.objects.filter(name__in=[expert.name, *variants], expert=None):
        knowing.name_author(contribution=one, expert=expert, by=office)
    if entry["shown"]:
        own = account is not None
        knowing.agree(
            expert=expert, shown=entry["shown"], by=account if own else office,
            note="" if own else "家属书面同意，存档案室",
        )  # fmt: skip
        knowing.publish_expert(expert=expert, by=office)


def _collection(entry: dict[str, Any], works: dict[str, Work], tree: Tree, office: Account) -> None:
    made = collecting.create_collection(
        organisation=tree.root, slug=entry["slug"], title=entry["title"], by=office,
        introduction=entry["introduction"], query=entry.get("query", ""),
    )  # fmt: skip
    for title, note, longitude, latitude in entry.get("places", ()):
        collecting.place_works(collection=made, works=[works[title]], by=office)
        collecting.describe_placement(
            placement=made.placements.get(work=works[title]), note=note, longitude=longitude,
            latitude=latitude, by=office,
        )  # fmt: skip
    collecting.publish_collection(collection=made, by=office)
