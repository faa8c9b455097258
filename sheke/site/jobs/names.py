"""What people call the tasks. A test finds a task without a name."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "sheke.core.tasks.seal_audit_log": _("Seal the audit log"),
    "sheke.core.tasks.forget_old_jobs": _("Tidy up old jobs"),
    "sheke.core.tasks.follow_with_search": _("Bring the search up to date"),
    "sheke.accounts.tasks.send_reset_link": _("Send the link for a new password"),
    "sheke.accounts.tasks.forget_what_is_old": _("Tidy up sign-ins and sessions"),
    "sheke.site.tasks.backup_nightly": _("Make the nightly backup"),
    "sheke.api.tasks.forget_answers": _("Tidy up answers of the API"),
    "sheke.notices.tasks.send_notices": _("Send notices"),
    "sheke.notices.tasks.forget_messages": _("Tidy up old notices"),
    "sheke.plans.tasks.remind_of_duties": _("Remind of duties"),
    "sheke.calls.tasks.remind_of_calls": _("Remind of calls and their stages"),
    "sheke.calls.tasks.remind_of_answers": _("Remind of answers of co-applicants and referees"),
    "sheke.calls.tasks.remind_of_reviews": _("Remind of reviews"),
    "sheke.calls.tasks.remind_of_panels": _("Remind of panels"),
    "sheke.calls.tasks.remind_of_milestones": _("Remind of what projects have to hand in"),
    "sheke.calls.tasks.compute_assignment": _("Work out who reviews what"),
    "sheke.calls.tasks.make_all_packets": _("Make packets for reviewers"),
    "sheke.calls.tasks.issue_all_certificates": _("Issue certificates"),
    "sheke.calls.tasks.make_call_export": _("Write a call to one file"),
    "sheke.calls.tasks.forget_call_exports": _("Take away old files of calls"),
    "sheke.returns.tasks.open_returns": _("Open the data returns that are due"),
    "sheke.returns.tasks.send_reminders": _("Remind of data returns"),
    "sheke.library.tasks.take_in_batch": _("Take files into the library"),
    "sheke.library.tasks.look_after_intake": _("Look after the library's intake"),
    "sheke.library.tasks.look_after_checks": _("Look after checks for copied passages"),
    "sheke.library.tasks.perform_check": _("Look for copied passages"),
    "sheke.library.tasks.look_after_passages": _("Look after what texts are compared with"),
    "sheke.library.tasks.follow_with_library_search": _("Bring the library's search up to date"),
    "sheke.library.tasks.renew_library_search": _(
        "Build the library's search anew when it has grown much"
    ),
    "sheke.library.tasks.tell_of_searches": _("Tell what is new in saved searches"),
    "sheke.ledger.tasks.check_table": _("Check a table of records"),
    "sheke.ledger.tasks.post_table": _("Post a table of records"),
}


def name_of(task: str) -> str | Promise:
    """The name of a task by its path; the path itself for a task that is gone."""
    return NAMES.get(task, task)
