"""What is kept of a token's secret."""

from __future__ import annotations

import hashlib


def digest(secret: str) -> str:
    """SHA-256 of the secret. It has 256 random bits, so that this is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
