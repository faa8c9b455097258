"""Rounds of work in each of which something is killed at a random moment."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from .clients import Browser, Secretary, Told
from .offices import Office

SECRETARIES = 6
TARGETS = {
    "sqlite": ("web", "worker", "serve"), "postgres": ("web", "worker", "serve", "database"),
}  # fmt: skip


def play(
    office: Office, *, rounds: int, seed: int, say: Callable[[str], None] = lambda line: None
) -> dict[str, Any]:
    """Work, kill, come back, look; returns what happened as JSON. The first fault ends it."""
    dice = random.Random(seed)
    office.sheke("migrate", "--verbosity", "0")
    people = office.python("tests.durability.world", str(SECRETARIES))["secretaries"]
    told = Told()
    killed: dict[str, int] = {}
    found: dict[str, Any] = {"faults": []}
    began = time.monotonic()
    for n in range(1, rounds + 1):
        target = dice.choice(TARGETS[office.kind])
        moment = dice.uniform(0.1, 2.5)
        _round(office, people, told, n, target, moment)
        killed[target] = killed.get(target, 0) + 1
        found = _look(office, told)
        say(f"{n}: {target} after {moment:.2f} s; {len(told.acknowledged)} acknowledged, {found}")
        if found["faults"]:
            break
    return {
        "database": office.kind, "seed": seed, "rounds": n, "killed": killed,
        "acknowledged": len(told.acknowledged), "sent": len(told.sent),
        "seconds": round(time.monotonic() - began), **found,
    }  # fmt: skip


def _round(
    office: Office, people: list[dict[str, str]], told: Told, n: int, target: str, moment: float
) -> None:
    office.serve()
    secretaries = [
        Secretary(Browser(office.port, **person), f"{n}.{i}", told, tables=0 if i else 4)
        for i, person in enumerate(people)
    ]
    for secretary in secretaries:
        secretary.start()
    time.sleep(moment)
    if not office.kill(target):
        told.refused.append(f"round {n}: there was no {target} to kill")
    if target != "worker":
        time.sleep(0.2)
        office.resume()
    time.sleep(0.7)  # work goes on
    for secretary in secretaries:
        secretary.ending.set()
    for secretary in secretaries:
        secretary.join()


def _look(office: Office, told: Told) -> dict[str, Any]:
    path = office.folder / "told.json"
    path.write_text(json.dumps(asdict(told)))
    office.serve()
    found: dict[str, Any] = office.python("tests.durability.inspection", str(path))
    return found | {"faults": [*found["faults"], *told.refused[:5]]}
