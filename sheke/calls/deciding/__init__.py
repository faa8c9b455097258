"""Reads about deciding: working days, proposals with scores, the public list, numbers, certificates."""
