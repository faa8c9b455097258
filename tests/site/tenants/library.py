"""One of everything that the library keeps, of society B and not public."""

from __future__ import annotations

import io

from sheke.library.actions import adoptions
from sheke.library.actions import experts as knowing
from sheke.library.actions.searching import save_search
from sheke.library.index.wanted import Wanted
from sheke.library.models import Adoption
from tests.library import factories
from tests.site.tenants.made import Tenants


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
