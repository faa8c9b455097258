"""Run in an installation of its own by the test of killed workers: `make`, `count`."""

from __future__ import annotations

import io
import json
import sys

import django


def make() -> dict[str, int]:
    """A batch of texts, a zip, broken files and a scan of three pages, waiting for a worker."""
    from sheke.directory.actions import create_organisation
    from sheke.library.actions.intake import start_intake
    from sheke.site.demo.box.paper import printed
    from tests.library.reading.samples import zipped

    office = create_organisation(parent=None, by=None, code="YC", name="云川", kind="federation")
    files = {f"{n}.txt": f"第{n}号茶馆的来历，{n * 7}年前开业。".encode() for n in range(12)}
    files["箱.zip"] = zipped(
        {f"内{n}.txt": f"箱里第{n}份，另有{n * 3}页附图。".encode() for n in range(6)}
    )
    files |= {"坏.pdf": b"%PDF-1.4", "空.txt": b""}
    pages = [
        printed([f"第{n}页的题目", f"这是第{n}页的正文，一共三页。"], page=(700, 300))
        for n in (1, 2, 3)
    ]
    scan = io.BytesIO()
    pages[0].save(scan, "TIFF", save_all=True, append_images=pages[1:])
    files["扫描.tif"] = scan.getvalue()
    start_intake(
        organisation=office,
        title="一箱",
        files=[(n, io.BytesIO(d), {}) for n, d in files.items()],
        by=None,
    )
    return {"files": len(files)}


def count() -> dict[str, object]:
    from django.db.models import Count

    from sheke.core.models import AuditEvent
    from sheke.library.models import File, Item, Page, Work

    states = Item.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return {
        "states": dict(states), "works": Work.objects.count(), "files": File.objects.count(),
        "pages": Page.objects.count(), "created": AuditEvent.objects.filter(verb="work.create").count(),
        "recognised": Page.objects.exclude(confidence=None).count(),
        "titles": Work.objects.values("title").distinct().count(),
    }  # fmt: skip


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"make": make, "count": count}[sys.argv[1]]()))
