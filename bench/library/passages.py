"""The passage check against many documents, beside brute force and difflib in the same run.

Documents are those of `texts`, with six sentences of a stock of 400 (four to nine words of the same vocabulary,
used by Zipf's law) put in, so that a fifth of each is wording that thousands share. What a process pays once, for its
first check, is told apart (`first_ms`); the mapped copy was read from the disk once before. The original report has 5,000
characters of words drawn with another seed, a twentieth of them copied from ten documents; the formulaic one
consists of nothing but stock sentences. Sizes are of what is kept beside the pages' own text: rows of the
database with their indexes, and the mapped copy.

Brute force looks each stretch of thirteen characters of every document up in a set of the report's (at most
100,000 documents); difflib compares with 20 documents, and is told as if it had compared with all.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

import numpy as np

from ..measure import read_once
from .texts import texts, vocabulary

STOCK, PUT_IN, REPORT, BOUND = 400, 6, 5_000, 10
ADDED, CHECKS, BRUTE, DIFFLIB = 50, 40, 100_000, 20
AT_ONCE = 2_000


def run(documents: int, full: bool) -> dict[str, Any]:
    """All that is measured, with the goals that were missed. Makes a database in the set folder."""
    from django.core.management import call_command

    from sheke.library.passages.looking import holdings

    call_command("migrate", verbosity=0)
    stock = _stock()
    result: dict[str, Any] = {"documents": documents}
    files = _fill(documents, stock)
    result |= _fingerprints(documents)
    result |= _mapped(documents)
    result |= _added(stock)
    reports = {"original": _originals(), "formulaic": _formulaic(stock)}
    read_once(holdings().folder)
    for kind, made in reports.items():
        result[kind] = _timed(made)
    sample = min(documents, BRUTE)
    for kind, made in reports.items():
        result[kind] |= _brute(made[0], sample, documents)
    result["difflib"] = _difflib(reports["original"][0], documents, files[:DIFFLIB])
    result["goals_missed"] = _missed(result, documents)
    return result


def _stock() -> list[str]:
    words, _latin = vocabulary()
    chance = random.Random(11)
    weights = [1 / (n + 3) for n in range(5_000)]
    return [
        "".join(chance.choices(words[:5_000], weights, k=chance.randint(6, 14))) + "。"
        for _ in range(STOCK)
    ]


def _with_stock(body: str, chance: random.Random, stock: list[str]) -> str:
    """The body with its end replaced by stock sentences, here and there."""
    parts = body[: len(body) * 4 // 5].split("，")
    weights = [1 / (n + 3) for n in range(len(stock))]
    for sentence in chance.choices(stock, weights, k=PUT_IN):
        parts.insert(chance.randint(0, len(parts)), sentence)
    return "，".join(parts)


def _bodies(count: int, stock: list[str], seed: int = 1) -> Iterator[str]:
    chance = random.Random(seed)
    for text in texts(count, seed):
        yield _with_stock(text.body, chance, stock)


def _fill(documents: int, stock: list[str]) -> list[int]:
    """Files with one page each."""
    from django.db import transaction

    from sheke.ledger.models import StoredFile
    from sheke.library.models import File, Page

    stored = StoredFile.objects.create(sha256="0" * 64, size=1, content_type="text/plain")
    bodies, numbers = _bodies(documents, stock), []
    while batch := list(islice(bodies, AT_ONCE)):
        with transaction.atomic():
            files = File.objects.bulk_create(
                File(stored=stored, name="x.txt", kind="txt") for _ in batch
            )
            Page.objects.bulk_create(
                Page(file=file, number=1, text=body)
                for file, body in zip(files, batch, strict=True)
            )
        numbers += [file.pk for file in files]
    return numbers


def _fingerprints(documents: int) -> dict[str, Any]:
    from django.db import transaction

    from sheke.library.models import Fingerprint, Page
    from sheke.library.passages.normal import normalise
    from sheke.library.passages.winnowing import VERSION, prints_of

    before, spent, rows = _database_bytes(), 0.0, []
    pages = Page.objects.order_by("id").values_list("file_id", "text").iterator(AT_ONCE)
    while batch := list(islice(pages, AT_ONCE)):
        start = time.perf_counter()
        for file, text in batch:
            normal = normalise(text)
            prints = prints_of(normal.codes).packed()
            rows.append(
                Fingerprint(file_id=file, version=VERSION, characters=len(normal), prints=prints)
            )
        spent += time.perf_counter() - start
        with transaction.atomic():
            Fingerprint.objects.bulk_create(rows)
        rows = []
    size = (_database_bytes() - before) / documents
    return {
        "fingerprint_ms": round(spent / documents * 1000, 3),
        "database_bytes_per_document": round(size),
    }


def _database_bytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return int(pages * cursor.fetchone()[0])


def _mapped(documents: int) -> dict[str, Any]:
    """Writing the mapped copy, its size, and opening it as a new process does."""
    from sheke.library.passages.looking import Holdings, holdings

    start = time.perf_counter()
    holdings().rebuild()
    built = time.perf_counter() - start
    folder = holdings().folder
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    start = time.perf_counter()
    Holdings(folder).view()
    return {
        "mapped_bytes_per_document": round(size / documents),
        "mapped_seconds": round(built, 1),
        "open_ms": round((time.perf_counter() - start) * 1000, 1),
    }


def _added(stock: list[str]) -> dict[str, Any]:
    """One document more, as the last step of its intake, and then found."""
    from sheke.ledger.models import StoredFile
    from sheke.library.models import File, Page
    from sheke.library.passages.holdings import take_in
    from sheke.library.passages.looking import holdings

    stored, adds, follows = StoredFile.objects.get(sha256="0" * 64), [], []
    for body in _bodies(ADDED, stock, seed=77):
        file = File.objects.create(stored=stored, name="x.txt", kind="txt")
        Page.objects.create(file=file, number=1, text=body)
        start = time.perf_counter()
        take_in(file)
        adds.append(time.perf_counter() - start)
        start = time.perf_counter()
        holdings().view()
        follows.append(time.perf_counter() - start)
    return {"add_ms": _spread(adds), "follow_ms": _spread(follows)}


def _originals() -> list[str]:
    from sheke.library.models import Page

    first = Page.objects.order_by("id").values_list("id", flat=True)[0]
    made = []
    for n in range(CHECKS + 1):
        parts = [text.body for text in texts(5, seed=1000 + n)]
        copied = Page.objects.filter(id__in=range(first + n * 10, first + n * 10 + 10))
        parts += [text[100:125] for text in copied.values_list("text", flat=True)]
        made.append("".join(parts)[:REPORT])
    return made


def _formulaic(stock: list[str]) -> list[str]:
    made = []
    for n in range(CHECKS + 1):
        chance, text = random.Random(n), ""
        while len(text) < REPORT:
            text += chance.choice(stock)
        made.append(text[:REPORT])
    return made


def _timed(reports: list[str]) -> dict[str, Any]:
    from sheke.library.passages.searching import search

    start = time.perf_counter()
    search(reports[-1], common=BOUND)
    first = time.perf_counter() - start
    spent, sources, shares = [], [], []
    for report in reports[:CHECKS]:
        start = time.perf_counter()
        result = search(report, common=BOUND).result
        spent.append(time.perf_counter() - start)
        sources.append(len(result.runs))
        shares.append(result.coverage)
    return {
        "check_ms": _spread(spent), "first_ms": round(first * 1000, 1),
        "sources": round(float(np.mean(sources)), 1), "coverage": round(float(np.mean(shares)), 3),
    }  # fmt: skip


def _brute(report: str, sample: int, documents: int) -> dict[str, Any]:
    """Compare with the plainest way: which characters stand elsewhere, and which in more than BOUND."""
    from sheke.library.models import Fingerprint, Page
    from sheke.library.passages.normal import normalise
    from sheke.library.passages.searching import search

    all_files = Page.objects.order_by("file_id").values_list("file_id", "text")
    last = all_files.values_list("file_id", flat=True)[sample - 1]
    beyond = list(Fingerprint.objects.filter(file__gt=last).values_list("file_id", flat=True)) if (
        documents + ADDED > sample and documents <= BRUTE
    ) else []  # fmt: skip
    text = normalise(report).text
    grams: dict[str, list[int]] = {}
    for at in range(len(text) - 12):
        grams.setdefault(text[at : at + 13], []).append(at)
    counts, spent = np.zeros(len(text), np.int64), 0.0
    for _file, page in all_files.filter(file__lte=last).iterator(AT_ONCE):
        other = normalise(page).text
        start = time.perf_counter()
        held = np.zeros(len(text), bool)
        for at in range(len(other) - 12):
            for place in grams.get(other[at : at + 13], ()):
                held[place : place + 13] = True
        counts += held
        spent += time.perf_counter() - start
    found: dict[str, Any] = {"brute_force_ms": round(spent * 1000 * documents / sample)}
    if documents <= BRUTE:
        result = search(report, common=BOUND, leave_out=beyond).result
        common = result.counts > BOUND
        wrong = (result.covered != (counts > 0)) | (common != (counts > BOUND))
        found["different_from_brute_force"] = int(wrong.sum())
    return found


def _difflib(report: str, documents: int, files: list[int]) -> dict[str, Any]:
    from sheke.library.models import Page
    from sheke.library.passages.normal import normalise

    text = normalise(report).text
    start = time.perf_counter()
    for page in Page.objects.filter(file__in=files).values_list("text", flat=True):
        SequenceMatcher(None, text, normalise(page).text, autojunk=False).get_matching_blocks()
    spent = time.perf_counter() - start
    return {"check_ms": round(spent / len(files) * documents * 1000)}


def _spread(seconds: list[float]) -> dict[str, float]:
    found = np.percentile(np.array(seconds) * 1000, [50, 95, 100])
    return dict(zip(("p50", "p95", "max"), (round(float(one), 1) for one in found), strict=True))


def _missed(result: dict[str, Any], documents: int) -> list[str]:
    check = 1000 if documents > BRUTE else None
    held = {
        "original": result["original"]["check_ms"]["p95"] < (check or 100),
        "formulaic": result["formulaic"]["check_ms"]["p95"] < (check or 500),
        "bytes": result["database_bytes_per_document"] + result["mapped_bytes_per_document"] <= 4_608,
        "add": result["add_ms"]["p95"] < 15,
        "exact": not any(result[k].get("different_from_brute_force") for k in ("original", "formulaic")),
    }  # fmt: skip
    return [goal for goal, reached in held.items() if not reached]
