"""Numbers of certificates, by the pattern that a programme declares."""

from __future__ import annotations

from sheke.definitions.programmes.numbers import NumberPattern

__all__ = ["NumberPattern"]
