"""A call that is open, a member of a society, and their draft."""

from __future__ import annotations

import pytest
from django.test import Client

from sheke.calls.actions import submissions
from sheke.calls.models import Call, Submission
from tests import factories
from tests.calls import factories as calls


@pytest.fixture
def call(db) -> Call:
    return calls.call(topics=("乡村治理", "文旅融合"))


@pytest.fixture
def me(call):
    society = factories.organisation(call.organisation, name="历史学会")
    return factories.account(society, "member")


@pytest.fixture
def draft(call, me) -> Submission:
    return submissions.begin_submission(call=call, by=me)


@pytest.fixture
def mine(client: Client, me) -> Client:
    client.force_login(me)
    return client
