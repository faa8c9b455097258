"""A society with a token, and a client that speaks JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from sheke.api.actions import issue_token
from tests import factories


class Caller:
    """Asks the interface with a token."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        answer = self.client.get(f"/api/v1{path}", query)
        return answer.status_code, answer.json()

    def post(self, path: str, data: Any, key: str = "") -> tuple[int, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.client.post(
            f"/api/v1{path}", json.dumps(data), content_type="application/json", headers=headers
        )
        return answer.status_code, answer.json()


class World:
    def __init__(self) -> None:
        self.city = factories.organisation(code="CITY", name="云川市社科联", kind="federation")
        self.a = factories.organisation(self.city, code="A", name="甲学会")
        self.b = factories.organisation(self.city, code="B", name="乙学会")
        self.lecture = factories.lecture_type()
        self.secretary = factories.account(self.b)

    def caller(self, account: Any = None, *, writes: bool = True, **fields: Any) -> Caller:
        account = account or self.secretary
        tenure = fields.pop("tenure", None) or account.person.tenures.get()
        options = {"name": "统计系统", "expires_on": None} | fields
        _token, secret = issue_token(
            account=account, tenure=tenure, writes=writes, by=account, **options
        )
        return Caller(secret)


@pytest.fixture
def world(db: None) -> World:
    cache.clear()
    return World()


@pytest.fixture
def lecture() -> dict[str, Any]:
    return {
        "type": "lecture", "title": "江南古桥", "date": "2025-05-01", "organisation": "B",
        "amounts": {"attendance": 120}, "fields": {"level": "county"},
    }  # fmt: skip
