"""A whole call as one zip file: forms, files, reviews, votes, minutes, the log of decisions.

write_archive(call, Path("call.zip"))      # → Written: how many submissions, files, bytes
verify(Path("call.zip"))                   # → what is missing, changed or more than is listed

Written entry by entry into a file beside the target, which takes its name when it is whole. Secret
ballots are told in numbers alone: neither votes nor who voted are read.
"""

from .verifying import Verdict, verify
from .writing import Written, write_archive

__all__ = ["Verdict", "Written", "verify", "write_archive"]
