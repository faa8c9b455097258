"""Pages of projects: lists under a constant number of queries, who sees what, what the buttons do."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from sheke.calls.models import Certificate, Delivery, Project, Reviewer
from tests.factories import account, organisation

from .made import PDF, deciding_call, delivered, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    class World:
        city = organisation(kind="federation")
        unit, other = organisation(city), organisation(city)
        staff, secretary, stranger = account(city, "staff"), account(unit), account(other)
        lead = account(unit, "member")
        call = deciding_call(of=city)

    World.project = project(World.call, by=World.lead, unit=World.unit)
    return World


def text(answer) -> str:
    return answer.content.decode()


def at(client, who, name, *args, **query):
    client.force_login(who)
    return client.get(reverse(f"calls:{name}", args=args), query)


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("projects", 8), ("my_projects", 5)])
def test_lists_ask_the_same_number_of_queries(
    client, world, many, name, queries, django_assert_num_queries
):
    for _n in range(many - 1):
        project(world.call, by=world.staff, unit=organisation(world.city))
    Project.objects.update(writer=world.staff)
    client.force_login(world.staff)
    with django_assert_num_queries(queries):
        answer = client.get(reverse(f"calls:{name}"))
    assert text(answer).count("/projects/") >= many


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_number_of_queries(client, world, many, django_assert_num_queries):
    for _n in range(many):
        waits = delivered(world.project)
        Delivery.objects.filter(pk=waits.pk).update(withdrawn_at=timezone.now())
    client.force_login(world.staff)
    with django_assert_num_queries(15):
        client.get(reverse("calls:project", args=[world.project.pk]))


class TestList:
    def test_filters(self, client, world):
        late = project(world.call, unit=world.other, lead={"name": "米禾"},
                       decided_on=timezone.localdate() - timedelta(days=300))  # fmt: skip
        waiting = project(world.call, unit=world.unit)
        delivered(waiting)

        def found(**query):
            page = at(client, world.staff, "projects", **query)
            return {one.pk for one in page.context["page"]}

        assert found() == {world.project.pk, late.pk, waiting.pk}
        assert found(state="overdue") == {late.pk}
        assert found(state="waiting") == {waiting.pk}
        assert found(organisation=world.other.pk) == {late.pk}
        assert found(q="米禾") == {late.pk}
        assert found(q=waiting.award.number) == {waiting.pk}
        assert found(call=world.call.pk + 1) == set()
        assert found(state="nonsense", call="x") == {world.project.pk, late.pk, waiting.pk}

    def test_the_sheet_is_narrowed_like_the_list(self, client, world):
        project(world.call, unit=world.other)
        answer = at(client, world.staff, "projects_export", organisation=world.unit.pk)
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet.max_row == 2
        assert sheet.cell(2, 1).value == world.project.award.number

    def test_everybody_sees_theirs(self, client, world):
        reviewer = account(world.other, "reviewer")
        Reviewer.objects.create(call=world.call, person=reviewer.person)
        for who, sees in ((world.staff, True), (world.secretary, True), (world.lead, True),
                          (world.stranger, False), (reviewer, False)):  # fmt: skip
            assert (world.project.title in text(at(client, who, "projects"))) is sees
            status = at(client, who, "project", world.project.pk).status_code
            assert status == (200 if sees else 404)


class TestPage:
    def test_the_organisation_reads_and_does_nothing(self, client, world):
        delivered(world.project)
        shown = text(at(client, world.secretary, "project", world.project.pk))
        main = shown.partition("<main")[2].partition("</main")[0]
        assert "报告.pdf" in main and "<form" not in main
        url = reverse("calls:project_termination", args=[world.project.pk])
        assert client.post(url, {"reason": "x"}).status_code == 404
        assert (
            client.get(reverse("calls:project_change", args=[world.project.pk])).status_code == 404
        )

    def test_the_office_pays_and_is_told_what_is_left(self, client, world):
        client.force_login(world.staff)
        url = reverse("calls:project_payments", args=[world.project.pk])
        data = {"key": "signing", "amount": "4", "paid_on": timezone.localdate().isoformat()}
        assert (
            "更多" in text(client.post(url, data, follow=True))
            or not world.project.payments.exists()
        )
        client.post(url, data | {"amount": "1.5"})
        assert world.project.payments.get().amount == 1.5
        client.post(url, data | {"amount": "", "key": "nonsense"})
        assert world.project.payments.count() == 1

    def test_what_was_typed_comes_back_with_its_fault(self, client, world):
        client.force_login(world.staff)
        url = reverse("calls:project_payments", args=[world.project.pk])
        data = {"key": "", "amount": "1.5", "paid_on": "明天", "note": "补拨调研费"}
        answer = client.post(url, data)
        assert answer.status_code == 422
        page = text(answer)
        assert "补拨调研费" in page
        assert "明天" in page
        late = client.post(url, data | {"paid_on": "2099-01-01"})
        assert late.status_code == 422, "a day that only the action refuses"
        assert "补拨调研费" in text(late)
        client.force_login(world.lead)
        works = reverse("calls:project_outputs", args=[world.project.pk])
        answer = client.post(works, {"kind": "paper", "title": "", "venue": "云川学刊"})
        assert answer.status_code == 422
        assert "云川学刊" in text(answer)

    def test_from_the_report_to_the_certificate(self, client, world):
        made = world.project
        client.force_login(world.lead)
        url = reverse("calls:delivery", args=[made.milestones.get(key="closing").pk])
        assert client.post(url, {"text": " "}).status_code == 422
        paper = SimpleUploadedFile("成果.pdf", PDF)
        answer = client.post(url, {"text": "全部完成", "papers": [paper]})
        assert answer["Location"] == reverse("calls:my_project", args=[made.pk])
        waits = Delivery.objects.get()
        file = reverse("calls:delivery_file", args=[waits.files.get().pk])
        assert b"".join(client.get(file).streaming_content) == PDF
        client.force_login(world.stranger)
        assert client.get(file).status_code == 404
        client.force_login(world.staff)
        accept = reverse("calls:delivery_acceptance", args=[waits.pk])
        client.post(accept, {})
        assert not Certificate.objects.exists(), "without a result it stays open"
        client.post(accept, {"result": "good", "likeness": "7.5"})
        certificate = Certificate.objects.get(kind="closing")
        fetched = at(client, world.lead, "certificate_file", certificate.pk)
        assert fetched.status_code == 200
        assert reverse("calls:certificate_file", args=[certificate.pk]) in text(
            at(client, world.lead, "my_project", made.pk)
        )

    def test_a_change_is_asked_for_and_granted(self, client, world):
        until = world.project.ends_on + timedelta(days=30)
        client.force_login(world.lead)
        url = reverse("calls:project_change", args=[world.project.pk])
        assert client.post(url, {"kind": "extension", "text": "x"}).status_code == 422
        client.post(url, {"kind": "extension", "until": until.isoformat(), "text": "调研未完"})
        change = world.project.changes.get()
        client.force_login(world.staff)
        client.post(reverse("calls:change_granting", args=[change.pk]), {})
        world.project.refresh_from_db()
        assert world.project.ends_on == until

    def test_the_log_of_the_call_says_it(self, client, world):
        delivered(world.project)
        assert "中期检查" in text(at(client, world.staff, "log", world.call.pk))

    def test_the_lead_records_works(self, client, world):
        client.force_login(world.lead)
        url = reverse("calls:project_outputs", args=[world.project.pk])
        client.post(url, {"kind": "paper", "title": "县域研究", "level": "core"})
        output = world.project.outputs.get()
        assert "县域研究" in text(at(client, world.lead, "my_project", world.project.pk))
        client.post(reverse("calls:output_removal", args=[output.pk]))
        assert not world.project.outputs.exists()
