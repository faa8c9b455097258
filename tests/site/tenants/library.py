"""One of everything that the library keeps, of society B and not public."""

from __future__ import annotations

import io

from sheke.library.actions import adoptions, checks, intake
from sheke.library.actions import experts as knowing
from sheke.library.actions.searching import save_search
from sheke.library.index.wanted import Wanted
from sheke.library.models import Adoption, CheckPassage, CheckSource, CommonWording, File
from tests.library import factories
from tests.site.tenants.made import Tenants


def _add_checks(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    check = checks.start_check(
        organisation=made.b,
        title="乙的查重",
        text="河街的茶馆在清末有二十七家",
        origin="pasted",
        by=by,
    )
    source = CheckSource.objects.create(check_of=check, position=1, label="茶馆", characters=13)
    CheckPassage.objects.create(
        source=source, start=0, end=13, source_start=0, source_end=13, text=check.text
    )
    check.refresh_from_db()
    checks.add_wordings(organisation=made.b, texts=["乙的套话套话"], by=by)
    report = checks.issue_report(check=check, pdf=b"%PDF-1.7 report", by=by)
    made.objects |= {
        "check": check.pk, "check_report": report.pk,
        "wording": CommonWording.objects.get(organisation=made.b).pk,
    }  # fmt: skip


def add_library(made: Tenants) -> None:
    work = factories.work(made.b, "乙的草稿", by=made.accounts["secretary_b"], text="河街的茶馆")
    shown = factories.work(made.b, "乙的公开成果", public=True, text="江上的渡口", access="public")
    expert, other = factories.expert(made.b, "乙专家"), factories.expert(made.b, "乙专家")
    collection = factories.collection(made.b, "collection-b", work)
    third = factories.expert(made.b, "乙作者")
    merge = knowing.merge_experts(kept=other, dropped=third, reason="同一人", by=None)
    adoption = Adoption.objects.create(
        work=work, kind="adopted", adopter="乙区", level="county", adopted_on="2025-01-05",
        evidence=adoptions.store_file(file=io.BytesIO(b"%PDF-1.4 letter"), name="函.pdf"),
    )  # fmt: skip
    saved = save_search(
        wanted=Wanted("茶馆"), name="", alerts=True, by=made.accounts["secretary_b"]
    )
    made.objects |= {
        "saved_search": saved.pk,
        "link_name": shown.link.name, "style": "bibtex", "part": "works",
        "work": work.pk, "public_work": shown.pk, "library_file": work.files.get().pk,
        "public_file": shown.files.get().pk, "contribution": work.contributions.get().pk,
        "expert": expert.pk, "merge": merge.pk, "collection": collection.slug,
        "placement": collection.placements.get().pk, "adoption": adoption.pk,
    }  # fmt: skip
    _add_checks(made)
    _add_intake(made, work.files.get())


def _add_intake(made: Tenants, file: File) -> None:
    """A batch whose one file is damaged, and a page with a history."""
    batch = intake.start_intake(
        organisation=made.b, title="乙的一箱", files=[("坏.pdf", io.BytesIO(b"%PDF-1.4"), {})],
        by=made.accounts["secretary_b"], queue=False,
    )  # fmt: skip
    version = file.pages.get().versions.create(text="河衔的茶馆", source="ocr")
    made.objects |= {
        "intake_batch": batch.pk, "intake_item": batch.items.get().pk, "page_version": version.pk,
    }  # fmt: skip
