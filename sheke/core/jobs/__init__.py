"""Background jobs: what runs them, what they may use, and what is told about them.

A job is a django-tasks task in an app's `tasks.py`. Its contract, because a worker may be killed at
any moment and another one then runs the job again:

- what it does to the database it does in one transaction that also says it was done: either the
  noun's own state, locked and looked at first, or `with once() as first:`;
- it tells how far it has come with `tell(done, total)`, which costs nothing;
- whoever enqueues it does so in the transaction of the act that wants it: `start(task, …)`.
"""

from .running import claim, claimed, once, release, tell
from .starting import start

__all__ = ["claim", "claimed", "once", "release", "start", "tell"]
