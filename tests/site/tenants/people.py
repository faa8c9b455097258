"""Everybody who may sign in, who is invited, their tokens, notices and jobs."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sheke.accounts.actions import invite
from sheke.api.actions import issue_token
from sheke.directory.models import Account, Person, Tenure, Term
from sheke.notices.actions import tell
from sheke.notices.actions.conversations import write_comment
from sheke.notices.actions.feeds import make_feed
from sheke.notices.models import Hook, Message
from tests import factories
from tests.site.tenants.made import Tenants


def add_people(made: Tenants) -> None:
    places = {
        "member": (made.a, "member"), "secretary_a": (made.a, "secretary"),
        "secretary_b": (made.b, "secretary"), "staff": (made.city, "staff"),
        "leader": (made.city, "leader"), "administrator": (made.city, "administrator"),
    }  # fmt: skip
    for name, (organisation, role) in places.items():
        made.accounts[name] = factories.account(organisation, role, username=name)
    person = Person.objects.create(name="乙的会员", phone="13812345678", email="yi@example.org")
    tenure = Tenure.objects.create(person=person, organisation=made.b, role="member")
    bare = Person.objects.create(name="还没有账号的人")
    Tenure.objects.create(person=bare, organisation=made.b, role="member")
    term = Term.objects.create(organisation=made.b, label="第一届", since=date(2024, 1, 1))
    account = Account.objects.create_user("yihuiyuan", "secret-pass", person=person)
    made.objects |= {
        "person": person.pk, "tenure": tenure.pk, "account": account.pk, "bare": bare.pk,
        "term": term.pk,
    }  # fmt: skip


def add_invitation(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    invitation, token = invite(organisation=made.b, role="member", name="新会员", by=by)
    made.objects |= {"invitation": invitation.pk, "invitation_token": token}


def add_notices(made: Tenants) -> None:
    by = made.accounts["secretary_b"]
    (notice,) = tell(kind="notices.reply", to=[by], by=None, url="/ledger/", who="甲", text="乙")
    comment = write_comment(subject=made.record, text="请补一张照片。", by=by)
    feed, token = make_feed(organisation=None, by=by)
    hook = Hook.objects.create(
        organisation=made.b, channel="wecom", name="秘书处", kinds=[],
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
    )  # fmt: skip
    now = timezone.now()
    failed = Message.objects.create(
        channel="wecom", hook=hook, subject="s", text="t", due_at=now, given_up_at=now
    )
    made.objects |= {
        "notice": notice.pk, "comment": comment.pk, "feed": feed.pk, "feed_token": token,
        "hook": hook.pk, "failed": failed.pk,
    }  # fmt: skip


def add_jobs(made: Tenants) -> None:
    """A job that failed; nobody but who administers the whole sees it."""
    job = DBTaskResult.objects.create(
        status="FAILED", task_path="sheke.ledger.tasks.post_table", backend_name="default",
        args_kwargs={"args": [], "kwargs": {}}, run_after=timezone.now(), traceback="…",
    )  # fmt: skip
    made.objects["job"] = job.pk


def add_token(made: Tenants) -> None:
    account = made.accounts["secretary_b"]
    token, _secret = issue_token(
        account=account, tenure=account.person.tenures.get(), name="统计系统", writes=True,
        expires_on=None, by=account,
    )  # fmt: skip
    made.objects["token"] = token.pk
