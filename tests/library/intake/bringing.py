"""Batches for tests."""

from __future__ import annotations

import io
from typing import Any

from sheke.directory.models import Account, Organisation
from sheke.library.actions.intake import start_intake
from sheke.library.intake.working import work_on
from sheke.library.models import Batch, Item

TALK = """河街茶馆的来历

林溪
（云川大学历史系）

河街的茶馆起于光绪年间，最早的一家由船帮合股开办，既卖茶，也替船家收发信件。茶馆的墙上刻着历年的水位，
船工进门先看水位，再问货价。民国年间茶馆增至九家，说书先生轮流坐馆，一部书说上三个月，街坊带着板凳来听。
后来公路修通，船帮散去，茶馆只余两家。二〇一九年起，街道把闲置的门面租给年轻人，茶馆又添了三家，
除了卖茶，也办展览和读书会。
2024年5月6日
"""


def bring(
    organisation: Organisation, files: dict[str, bytes], *, by: Account | None = None,
    given: dict[str, dict[str, Any]] | None = None, work: bool = True,
) -> Batch:  # fmt: skip
    """A batch of files, worked upon to its end unless told not to."""
    brought = [
        (name, io.BytesIO(data), (given or {}).get(name, {})) for name, data in files.items()
    ]
    batch = start_intake(
        organisation=organisation, title="一箱文件", files=brought, by=by, queue=False
    )
    if work:
        work_on(batch, alone=True)
    return batch


def states(batch: Batch) -> dict[str, str]:
    return dict(batch.items.order_by("pk").values_list("name", "state"))


def only(batch: Batch) -> Item:
    return batch.items.get()
