"""What is refused before any page sees it."""

from __future__ import annotations

import io

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from sheke.core.errors import BadInput
from sheke.site.middleware import BadRequests
from tests import factories
from tests.site.markup import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(factories.account(factories.organisation(), username="lin"))
    return client


def test_a_body_beyond_all_limits_is_not_read(client: Client, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    answer = client.post(reverse("ledger:imports"), {"file": io.BytesIO(b"x" * 5000)})
    assert answer.status_code == 413
    assert faults(answer.content.decode()) == []


@pytest.mark.parametrize("length", ["-1", "many"])
def test_a_length_that_is_none_is_refused(client: Client, length: str) -> None:
    assert client.get(reverse("site:home"), CONTENT_LENGTH=length).status_code == 413


def test_zero_characters_are_refused_wherever_they_stand(client: Client) -> None:
    home = reverse("site:home")
    assert client.get(home, {"q": "a\0"}).status_code == 400
    assert client.get(home, {"q\0": "a"}).status_code == 400
    assert client.post(reverse("site:acting"), {"next": "a\0"}).status_code == 400
    answer = client.get("/organisations/at/a%00b/")
    assert answer.status_code == 400
    assert faults(answer.content.decode()) == []


def test_what_a_person_can_mend_is_no_fault_of_ours(rf: RequestFactory) -> None:
    middleware = BadRequests(lambda request: None)  # type: ignore[arg-type, return-value]
    request = rf.get("/")
    answer = middleware.process_exception(request, BadInput("第3行缺少日期。"))
    assert answer is not None and answer.status_code == 400
    assert "第3行缺少日期。" in answer.content.decode()
    assert middleware.process_exception(request, ValueError()) is None
