"""Verbs of reporting, one file per noun."""
