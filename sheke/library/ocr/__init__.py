"""Text of pages that are pictures: models that come with the package, in a process of its own.

Nothing is ever downloaded. `Pictures` is the process; `engine` and `rendering` run inside of it.
"""

from .pictures import Pictures, Recognised, Undrawable, Word

__all__ = ["Pictures", "Recognised", "Undrawable", "Word"]
