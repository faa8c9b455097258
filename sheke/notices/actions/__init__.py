"""Verbs of telling people, one file for each noun."""

from .telling import post_message, tell

__all__ = ["post_message", "tell"]
