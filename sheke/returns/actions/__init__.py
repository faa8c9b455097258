"""Verbs of data returns, one file for each noun."""

from .answers import (
    accept_answers,
    begin_correction,
    hold_upload,
    remove_upload,
    save_draft,
    send_answer,
    send_back,
    withdraw_answer,
)
from .requests import (
    add_organisations,
    close_return,
    end_series,
    open_due,
    open_return,
    remind_due,
    remind_late,
    start_series,
)

__all__ = [
    "accept_answers", "add_organisations", "begin_correction", "close_return", "end_series",
    "hold_upload", "open_due", "open_return", "remind_due", "remind_late", "remove_upload",
    "save_draft", "send_answer", "send_back", "start_series", "withdraw_answer",
]  # fmt: skip
