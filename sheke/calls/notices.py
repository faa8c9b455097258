"""What calls tell people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sheke.notices.kinds import Kind, register

# of the call, and of the office's side
register(
    Kind("calls.announced", _("A call is announced"),
         _("“%(call)s” takes submissions until %(due)s.")),
    Kind("calls.dates_changed", _("The dates of a call changed"),
         _("“%(call)s” now closes on %(due)s: %(reason)s")),
    Kind("calls.called_off", _("A call was called off"),
         _("“%(call)s” was called off: %(reason)s"), urgent=True),
    Kind("calls.to_recommend", _("A call waits for our recommendations"),
         _("“%(call)s”: rank and recommend your submissions. %(due)s")),
    Kind("calls.closing", _("A call closes soon, and my draft was not sent"),
         _("“%(call)s” closes on %(due)s, and your draft has not been sent in."), urgent=True),
    Kind("calls.stage_due", _("A stage of a call is to end"),
         _("“%(call)s”: “%(stage)s” is planned to end on %(due)s.")),
    Kind("calls.stage_late", _("A stage of a call is late"),
         _("“%(call)s”: “%(stage)s” was planned to end on %(due)s."), urgent=True),
    Kind("calls.recommended", _("My submission was recommended"),
         _("“%(title)s” was recommended in “%(call)s”.")),
    Kind("calls.returned", _("My submission is to be corrected"),
         _("“%(title)s” came back for correction: %(reason)s %(due)s"), urgent=True),
    Kind("calls.refused", _("My submission was refused"),
         _("“%(title)s” was refused: %(reason)s"), urgent=True),
    Kind("calls.restored", _("My submission was taken in again"),
         _("“%(title)s” was taken in again: %(reason)s")),
    Kind("calls.letter", _("Letters of calls"), _("%(subject)s: %(body)s"), urgent=True),
)  # fmt: skip

# of the applicant's side
register(
    Kind("calls.received", _("My submission was received"),
         _("“%(title)s” was received in “%(call)s”. Receipt: %(digest)s…")),
    Kind("calls.came_in", _("A submission came in"), _("“%(title)s” came in for “%(call)s”.")),
    Kind("calls.taken_back", _("A submission was withdrawn"),
         _("“%(title)s” was withdrawn from “%(call)s”.")),
    Kind("calls.unanswered", _("Somebody named in my submission has not answered"),
         _("“%(title)s”: %(names)s did not answer yet; the call closes on %(due)s.")),
    Kind("calls.agreed", _("Somebody agreed to take part in my submission"),
         _("%(name)s agreed to “%(title)s”.")),
    Kind("calls.declined", _("Somebody did not agree to my submission"),
         _("%(name)s did not agree to “%(title)s”."), urgent=True),
)  # fmt: skip

# of reviewing
register(
    Kind("calls.review_asked", _("I am asked to review"),
         _("“%(call)s” asks you to review. Please answer by %(due)s."), urgent=True),
    Kind("calls.review_accepted", _("A reviewer accepted"),
         _("“%(call)s”: %(reviewer)s will review.")),
    Kind("calls.review_declined", _("A reviewer declined"),
         _("“%(call)s”: %(reviewer)s declined: %(reason)s")),
    Kind("calls.to_review", _("Submissions wait for my review"),
         _("“%(call)s”: submissions wait for your review. %(due)s")),
    Kind("calls.review_due", _("My reviews are due"),
         _("“%(call)s”: reviews of yours are not sent in yet. %(due)s"), urgent=True),
    Kind("calls.recused", _("A reviewer stepped aside"),
         _("“%(call)s”: %(reviewer)s stepped aside; somebody else was assigned.")),
    Kind("calls.recused_open", _("A reviewer stepped aside, and nobody is left"),
         _("“%(call)s”: %(reviewer)s stepped aside, and nobody could be assigned instead."),
         urgent=True),
    Kind("calls.comments", _("Reviewers' comments on my submission"),
         _("“%(title)s”: the reviewers' comments can be read now.")),
    Kind("calls.plan_ready", _("A plan of assignment is ready"),
         _("“%(call)s”: the plan of who reviews what was computed.")),
)  # fmt: skip

# of panels
register(
    Kind("calls.panel_asked", _("I am asked to sit in a panel"),
         _("“%(panel)s” of “%(call)s” meets on %(at)s, %(place)s. Look at the agenda and say which "
           "items you leave the room for."), urgent=True),
    Kind("calls.panel_moved", _("A panel meets at another time or place"),
         _("“%(panel)s” of “%(call)s” now meets on %(at)s, %(place)s."), urgent=True),
    Kind("calls.panel_soon", _("My panel meets soon"),
         _("“%(panel)s” of “%(call)s” meets on %(at)s, %(place)s."), urgent=True),
    Kind("calls.panel_off", _("A panel does not meet"),
         _("“%(panel)s” of “%(call)s” on %(at)s was called off."), urgent=True),
    Kind("calls.left_room", _("A member of a panel leaves the room for an item"),
         _("“%(panel)s”: %(name)s leaves the room for “%(title)s”.")),
)  # fmt: skip

# of deciding
register(
    Kind("calls.on_notice", _("My submission stands on a public list"),
         _("“%(title)s” stands on the public list of “%(call)s” until %(until)s.")),
    Kind("calls.objected", _("An objection came in"),
         _("“%(call)s”: an objection came in. It is confidential."), urgent=True),
    Kind("calls.awarded", _("My submission was awarded"),
         _("“%(title)s” was awarded in “%(call)s”: %(level)s %(number)s"), urgent=True),
    Kind("calls.not_awarded", _("My submission was not awarded"),
         _("“%(title)s” was not awarded in “%(call)s”.")),
    Kind("calls.revoked", _("An award was revoked"),
         _("The award %(number)s of “%(title)s” was revoked: %(reason)s"), urgent=True),
    Kind("calls.certified", _("My certificate was issued"),
         _("The certificate %(number)s for “%(title)s” can be downloaded.")),
)  # fmt: skip

# of projects
register(
    Kind("calls.contract_signed", _("The contract of my project was signed"),
         _("“%(title)s” (%(number)s): the contract was signed on %(day)s.")),
    Kind("calls.instalment_paid", _("An instalment of my project was paid"),
         _("“%(title)s” (%(number)s): %(amount)s were paid on %(day)s.")),
    Kind("calls.milestone_due", _("A report of my project is due"),
         _("“%(title)s” (%(number)s): “%(what)s” is due on %(due)s.")),
    Kind("calls.milestone_late", _("A report of my project is overdue"),
         _("“%(title)s” (%(number)s): “%(what)s” was due on %(due)s."), urgent=True),
    Kind("calls.project_late", _("A project of a call that I am in charge of is overdue"),
         _("“%(title)s” (%(number)s): “%(what)s” was due on %(due)s and has not come in.")),
    Kind("calls.delivered", _("A project handed something in"),
         _("“%(title)s” (%(number)s) handed in “%(what)s”.")),
    Kind("calls.delivery_withdrawn", _("A project withdrew what it handed in"),
         _("“%(title)s” (%(number)s) withdrew “%(what)s”.")),
    Kind("calls.delivery_accepted", _("A report of my project was accepted"),
         _("“%(title)s” (%(number)s): “%(what)s” was accepted. %(reason)s")),
    Kind("calls.delivery_returned", _("A report of my project was sent back"),
         _("“%(title)s” (%(number)s): “%(what)s” was sent back: %(reason)s"), urgent=True),
    Kind("calls.change_asked", _("A project asks for a change"),
         _("“%(title)s” (%(number)s) asks for a change: %(what)s.")),
    Kind("calls.change_granted", _("A change of my project was granted"),
         _("“%(title)s” (%(number)s): %(what)s was granted. %(reason)s")),
    Kind("calls.change_refused", _("A change of my project was not granted"),
         _("“%(title)s” (%(number)s): %(what)s was not granted: %(reason)s"), urgent=True),
    Kind("calls.project_closed", _("My project was closed"),
         _("“%(title)s” (%(number)s) is closed with the result “%(result)s”. %(reason)s"), urgent=True),
    Kind("calls.project_ended", _("My project was terminated"),
         _("“%(title)s” (%(number)s) was terminated: %(reason)s"), urgent=True),
)  # fmt: skip
