"""The plan as it is handed back, and what may be read from a file of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .problem import Id


@dataclass
class Plan:
    """`pairs` of (reviewer, submission) by id, in the problem's order of submissions, then reviewers.

    `objective` and `bound` are total affinity; no plan that fills as many slots has more than the bound.
    `infeasible` names what could not be met; `certificate` are the prices that prove the bound.
    """

    pairs: list[tuple[Id, Id]]
    objective: float
    bound: float
    seconds: float
    infeasible: list[dict[str, Any]] = field(default_factory=list)
    seed: int | str | None = None
    draw: dict[str, Any] = field(default_factory=dict)
    loads: dict[str, float] = field(default_factory=dict)
    changes: dict[str, list[tuple[Id, Id]]] | None = None
    certificate: dict[str, Any] | None = None

    @property
    def missing(self) -> int:
        """How many slots are left empty."""
        return sum(item["missing"] for item in self.infeasible if "submission" in item)

    @property
    def gap(self) -> float:
        """The share of the bound that the plan may have missed."""
        return (self.bound - self.objective) / abs(self.bound) if self.bound else 0.0

    def data(self) -> dict[str, Any]:
        """As JSON."""
        data: dict[str, Any] = {
            "pairs": [list(pair) for pair in self.pairs], "objective": self.objective,
            "bound": self.bound, "seconds": self.seconds, "infeasible": self.infeasible,
            "missing": self.missing, "gap": round(self.gap, 6), "seed": self.seed,
            "draw": self.draw, "loads": self.loads,
        }  # fmt: skip
        if self.changes is not None:
            data["changes"] = {k: [list(pair) for pair in v] for k, v in self.changes.items()}
        if self.certificate is not None:
            data["certificate"] = self.certificate
        return data
