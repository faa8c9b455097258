"""A box of mixed files as an office finds them in its cupboards: made here, independent of the library."""

from .making import make_box

__all__ = ["make_box"]
