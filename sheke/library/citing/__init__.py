"""Citing: what a work is in the eyes of a list of references, written in every usual form.

`entries.entry_of(work)` gives an `Entry`; everything else here takes entries and asks no database.
"""
