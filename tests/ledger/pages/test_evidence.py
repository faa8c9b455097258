"""Evidence: attached, shown, taken back."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image

from sheke.ledger.evidence.actions import attach_file
from tests import factories

from .typed import picture

pytestmark = pytest.mark.django_db


class TestEvidence:
    @pytest.fixture
    def evidence(self, city, lecture):
        record = factories.record(lecture, city)
        return attach_file(record=record, file=picture(), name="现场.jpg", by=None)

    def test_it_comes_as_an_attachment(self, client, clerk, evidence):
        response = client.get(reverse("ledger:download", args=[evidence.pk]))
        assert b"".join(response) == picture().getvalue()
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "image/jpeg"

    def test_thumbnails(self, client, clerk, evidence):
        response = client.get(reverse("ledger:thumbnail", args=[evidence.pk]))
        assert Image.open(io.BytesIO(response.content)).format == "WEBP"

    def test_strangers_get_nothing(self, client, evidence):
        client.force_login(factories.account(factories.organisation()))
        for name in ("download", "thumbnail"):
            assert client.get(reverse(f"ledger:{name}", args=[evidence.pk])).status_code == 404
        assert client.post(reverse("ledger:withdrawal", args=[evidence.pk])).status_code == 404

    def test_adding_and_withdrawing(self, client, clerk, city, lecture):
        record = factories.record(lecture, city)
        url = reverse("ledger:evidence", args=[record.pk])
        client.post(url, {"evidence": picture(), "link": "javascript:alert(1)"})
        one = record.evidence.get()
        client.post(reverse("ledger:withdrawal", args=[one.pk]))
        one.refresh_from_db()
        assert one.withdrawn_at
