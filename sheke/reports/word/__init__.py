"""Word files: their text, the anchors of slots in them, and the layout of official documents.

Nothing in this package knows Django; it works on python-docx documents and plain values.
"""
