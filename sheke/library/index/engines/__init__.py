"""Engines behind `sheke.library.index.engine`."""
