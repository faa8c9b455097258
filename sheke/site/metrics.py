"""Numbers for Prometheus. Labels are names of views, never addresses or anything of a person.

Several processes add up through files in PROMETHEUS_MULTIPROC_DIR, which `sheke serve` sets.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.db import Error, models
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from sheke.core.models import AuditEvent
from sheke.ledger.models import Record
from sheke.notices.models.outbox import Message

REGISTRY = CollectorRegistry()
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
COUNTS = (0, 1, 2, 5, 10, 15, 20, 30, 50, 100)
REQUESTS = Histogram(
    "sheke_request_seconds", "Time to answer, by view", ("view", "method", "status"),
    buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip
QUERIES = Histogram(
    "sheke_request_queries", "Database queries of a request", ("view",),
    buckets=COUNTS, registry=REGISTRY,
)  # fmt: skip
PAGE_CACHE = Counter(
    "sheke_page_cache", "Public pages from memory (hit) or made (miss)", ("result",),
    registry=REGISTRY,
)  # fmt: skip
READS = Counter(
    "sheke_reads", "Requests that read, by the database that they read", ("database",),
    registry=REGISTRY,
)  # fmt: skip


class State(Collector):
    """What stands in the database now; read at each scrape, one short query each."""

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("sheke_jobs", "Background jobs, by status", labels=["status"])
        for status, count in _jobs():
            jobs.add_metric([status.lower()], count)
        yield jobs
        yield GaugeMetricFamily(
            "sheke_outbox_waiting", "Messages that wait to be sent", value=_outbox()
        )
        yield GaugeMetricFamily(
            "sheke_last_record", "Number of the latest record; its rate is records per second",
            value=_latest(Record),
        )  # fmt: skip
        yield GaugeMetricFamily(
            "sheke_last_audit_event", "Number of the latest audit event",
            value=_latest(AuditEvent),
        )  # fmt: skip


def exposition() -> bytes:
    """All numbers in Prometheus' text format; without the database's where it does not answer."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
        text = generate_latest(registry)
    else:
        text = generate_latest(REGISTRY)
    state = CollectorRegistry(auto_describe=False)
    try:
        state.register(State())
        return text + generate_latest(state)
    except Error:
        return text


def _jobs() -> Iterator[tuple[str, int]]:
    found = dict(
        DBTaskResult.objects.exclude(status="SUCCESSFUL")
        .order_by()
        .values_list("status")
        .annotate(models.Count("pk"))
    )
    for status in ("READY", "RUNNING", "FAILED"):
        yield status, found.get(status, 0)


def _outbox() -> int:
    """Messages that are neither sent nor given up."""
    return Message.objects.waiting().count()


def _latest(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(n=models.Max("pk"))["n"] or 0
