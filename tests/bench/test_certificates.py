"""The benchmark of certificates on a few."""

from __future__ import annotations

from bench import certificates


def test_it_measures_ours_and_the_rivals(monkeypatch):
    monkeypatch.setattr(certificates, "LOOPED", 2)
    monkeypatch.setattr(certificates, "STARTED", 1)
    found = certificates.measure(11)
    assert found["certificates"] == 11
    assert found.keys() >= {"ours", "merged", "rival_loop", "rival_process", "bytes_each"}
