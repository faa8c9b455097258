"""Probes and numbers: who may ask, what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from ipaddress import ip_network

import pytest
from django.test import Client
from django.urls import reverse

from sheke.site import health

NOBODY = {"HTTP_HOST": "10.1.2.3:9999"}  # a load balancer's own name for us


def test_alive_without_a_database(client: Client) -> None:
    answer = client.get("/health/live", **NOBODY)  # no django_db mark: a query would raise
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


@pytest.mark.django_db
def test_ready_with_reasons_for_the_machine_itself(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(health, "_missing_migrations", lambda alias: 0)
    assert client.get("/health/ready", **NOBODY).json() == {
        "status": "ready", "failed": {}, "warned": {}
    }  # fmt: skip
    passed_on = client.get("/health/ready", HTTP_X_FORWARDED_FOR="8.8.8.8")
    assert passed_on.json() == {"status": "ready"}


@pytest.mark.django_db
def test_not_ready_without_tables_and_folder(client: Client, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(health, "_missing_migrations", lambda alias: 3)
    settings.VAR = tmp_path / "gone"
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert set(answer.json()["failed"]) == {"migrations", "folder"}
    assert str(tmp_path) not in client.get("/health/ready", REMOTE_ADDR="8.8.8.8").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asking", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "10.9.0.4"}, 403),
        ({"REMOTE_ADDR": "unix"}, 403),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ({"REMOTE_ADDR": "10.9.0.4", "HTTP_AUTHORIZATION": "Bearer open sesame"}, 200),
        ({"REMOTE_ADDR": "10.9.0.4", "HTTP_AUTHORIZATION": "Bearer "}, 403),
    ],
)
def test_numbers_only_for_those_who_may(client: Client, settings, asking, status) -> None:
    settings.METRICS_TOKEN = "open sesame"
    assert client.get("/metrics", **asking).status_code == status


@pytest.mark.django_db
def test_an_empty_token_opens_nothing(client: Client, settings) -> None:
    settings.METRICS_TOKEN, settings.METRICS_FROM = "", [ip_network("10.0.0.0/8")]
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 403


@pytest.mark.django_db
def test_numbers_name_views_and_nothing_else(client: Client) -> None:
    client.get(reverse("verify:code", args=["SECRETCODE"]))
    client.get("/no-such-place/13800138000/")
    text = client.get("/metrics").text
    assert 'view="verify:code"' in text and 'view="none"' in text
    assert "SECRETCODE" not in text and "13800138000" not in text
    for name in ("sheke_jobs", "sheke_outbox_waiting", "sheke_last_record"):
        assert re.search(rf"^{name}\b.* [\d.]+$", text, re.MULTILINE), name


def test_probes_are_only_read(client: Client) -> None:
    assert client.post("/health/live").status_code == 405


def test_numbers_are_not_made_before_the_server_says_where() -> None:
    """Imported earlier, the library would count in each process alone."""
    code = "import sys, django; django.setup(); import sheke.site.serving; print('prometheus_client' in sys.modules)"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "sheke.site.settings"}
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert said.stdout.strip() == b"False"
