"""What waits in the library on somebody's desk."""

from __future__ import annotations

from sheke.library.actions import experts as knowing
from sheke.library.models import Batch, Item
from sheke.library.waiting import library_lines
from tests import factories as people

from . import factories


def test_drafts_files_and_ones_own_profile_wait(
    city, society, secretary, staff, django_assert_num_queries
):
    assert library_lines(staff) == []
    factories.work(society)
    factories.work(society, "公开", public=True)
    factories.work(city)
    batch = Batch.objects.create(organisation=society, title="一箱")
    for number, state in enumerate(("question", "failed", "failed", "done"), 1):
        Item.objects.create(
            batch=batch, number=number, name=f"{number}.txt", state=state, reason="坏文件"
        )
    expert = factories.expert(city, person=secretary.person)
    with django_assert_num_queries(5):  # the tenures, too
        said = [line.text for line in library_lines(secretary)]
    assert [text[:2].strip() for text in said] == ["1", "1", "2", "请决"]
    assert [line.text[:1] for line in library_lines(staff)] == ["2", "1", "2"]
    knowing.agree(expert=expert, shown=[], by=secretary)
    assert len(library_lines(secretary)) == 3
    assert library_lines(people.account(people.organisation(city), "secretary")) == []
