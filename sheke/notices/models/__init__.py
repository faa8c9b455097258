"""Nouns of telling people, one file each."""

from .choices import Choice, Preference
from .comments import Comment, CommentVersion, CommentWithdrawal, Mention
from .feeds import Feed
from .hooks import Hook
from .notices import Notice
from .outbox import Delivery, Message

__all__ = [
    "Choice", "Comment", "CommentVersion", "CommentWithdrawal", "Delivery", "Feed", "Hook",
    "Mention", "Message", "Notice", "Preference",
]  # fmt: skip
