"""Files as pages of text: one small file per format, dangerous parsers in a process of their own.

`read(path, name)` gives a `Reading`; BadInput says why a file cannot be read and what to do.
"""

from .pages import PageText, Reading
from .reader import read
from .sniffing import kind_of

__all__ = ["PageText", "Reading", "kind_of", "read"]
