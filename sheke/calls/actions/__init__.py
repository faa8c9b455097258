"""Verbs of calls, one file for each noun."""
