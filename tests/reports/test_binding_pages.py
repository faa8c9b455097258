"""The pages of templates and bindings."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sheke.reports.actions import slots as verbs
from sheke.reports.actions.accepting import accept_sure_proposals
from sheke.reports.actions.templates import create_template
from sheke.reports.marking import marked_lines
from sheke.reports.models import Template
from sheke.reports.sources import read_source
from tests import factories
from tests.reports.worlds import world

pytestmark = pytest.mark.django_db

TEXT = """云川市社科联2024年工作总结
一、主要工作
全年举办社科讲座52场，听众达5.2万余人次。
慰问困难党员12户，力争明年举办讲座60场。
"""
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def city(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lecture = factories.lecture_type()
    factories.indicator("lectures", synonyms=["社科讲座", "讲座"], verbs=["举办"])
    factories.indicator(
        "audience", aggregate="sum", measure="attendance", name={"zh": "讲座受众"},
        unit={"zh": "人次"}, synonyms=["听众"],
    )  # fmt: skip
    city = factories.organisation(code="YC", kind="federation")
    for _ in range(3):
        factories.record(lecture, city, amounts={"attendance": "21234"})
    return city


@pytest.fixture
def by(city):
    return factories.account(city)


@pytest.fixture
def template(city, by):
    return create_template(organisation=city, source=read_source(TEXT.encode(), "总结.txt"), by=by)


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def slot(template, text):
    return template.slots.get(text=text)


def url(name, template, *keys):
    return reverse(f"reports:{name}", args=[template.pk, *keys])


@pytest.mark.parametrize(
    ("words", "said"),
    [("截至10月底", "10-31"), ("前三季度", "09-30"), ("4至6月", "06-30"), ("", "")],
)
def test_a_slot_says_the_period_that_its_text_names(desk, city, by, words, said):
    text = f"云川市社科联2024年工作总结\n{words}，举办社科讲座xx场。\n"
    made = create_template(organisation=city, source=read_source(text.encode(), "总结.txt"), by=by)
    answer = desk.get(url("slot", made, made.slots.get().key), **HTMX)
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_upload_finds_the_figures(desk, city):
    file = SimpleUploadedFile("总结.txt", TEXT.encode())
    answer = desk.post(reverse("reports:template_upload"), {"file": file}, follow=True)
    made = Template.objects.get()
    assert answer.redirect_chain[-1][0] == url("template", made)
    assert made.slots.count() == 4
    assert "社科讲座" in answer.content.decode()


def test_a_file_that_cannot_be_read_is_told_beside_the_field(desk):
    file = SimpleUploadedFile("总结.doc", b"\xd0\xcf\x11\xe0" + bytes(600))
    answer = desk.post(reverse("reports:template_upload"), {"file": file})
    assert answer.status_code == 422
    assert ".docx" in answer.content.decode()
    assert not Template.objects.exists()


def test_a_second_year_carries_over(desk, template, by):
    verbs.word_slot(slot=slot(template, "12户"), binding="constant", wording="", by=by)
    file = SimpleUploadedFile("总结.txt", TEXT.replace("2024", "2025").encode())
    desk.post(reverse("reports:template_upload"), {"file": file})
    made = Template.objects.get(year=2025)
    assert made.previous == template
    assert slot(made, "12户").wording == "12户"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(
    desk, city, by, count, django_assert_num_queries
):
    for _ in range(count):
        create_template(organisation=city, source=read_source(TEXT.encode(), "总结.txt"), by=by)
    desk.get("/reports/templates/")
    with django_assert_num_queries(6):
        assert desk.get("/reports/templates/").status_code == 200


def test_the_page_shows_value_and_reasons(desk, template):
    body = desk.get(url("template", template)).content.decode()
    assert "63,702" not in body
    assert "3场" in body
    assert 'value="indicator:lectures"' in body


def test_binding_goes_on_to_the_next_open_slot(desk, template):
    held = slot(template, "52场")
    answer = desk.post(
        url("slot_binding", template, held.key), {"choice": "indicator:lectures"}, **HTMX
    )
    body = answer.content.decode()
    held.refresh_from_db()
    assert held.indicator.key == "lectures"
    assert held.printing["unit"] == "场"
    assert f'data-slot="{slot(template, "5.2万余人次").key}"' in body
    assert f'id="slot-{held.key}"' in body and "hx-swap-oob" in body
    assert "6.3万余人次" in body


def test_words(desk, template):
    held = slot(template, "12户")
    data = {"choice": "constant", "wording": "15户"}
    desk.post(url("slot_binding", template, held.key), data, **HTMX)
    held.refresh_from_db()
    assert (held.binding, held.wording) == ("constant", "15户")


def test_nothing_chosen_is_said(desk, template):
    held = slot(template, "12户")
    answer = desk.post(url("slot_binding", template, held.key), {}, **HTMX)
    assert 'role="alert"' in answer.content.decode()
    held.refresh_from_db()
    assert held.binding == ""


def test_undo(desk, template):
    held = slot(template, "52场")
    desk.post(url("slot_binding", template, held.key), {"choice": "indicator:lectures"}, **HTMX)
    answer = desk.post(url("template_undo", template), **HTMX)
    held.refresh_from_db()
    assert held.binding == ""
    assert f'data-slot="{held.key}"' in answer.content.decode()


def test_without_scripts_every_button_leads_back(desk, template):
    held = slot(template, "52场")
    answer = desk.post(url("slot_binding", template, held.key), {"choice": "indicator:lectures"})
    assert answer.status_code == 302
    assert desk.get(answer.url).status_code == 200


def test_details(desk, template):
    held = slot(template, "52场")
    data = {
        "indicator": "audience", "last": "10-31", "kinds": ["society"], "magnitude": "万",
        "places": 1, "rounding": "truncate", "suffix": "余", "numerals": "arabic", "unit": "人次",
    }  # fmt: skip
    desk.post(url("slot_detail", template, held.key), data, **HTMX)
    held.refresh_from_db()
    assert (held.indicator.key, held.period, held.scope) == (
        "audience", {"last": "10-31"}, {"kinds": ["society"]},
    )  # fmt: skip
    assert held.printing["suffix"] == "余"


def test_a_wrong_day_is_told(desk, template):
    held = slot(template, "52场")
    data = {"indicator": "audience", "last": "October"}
    answer = desk.post(url("slot_detail", template, held.key), data, **HTMX)
    assert "10-31" in answer.content.decode()
    held.refresh_from_db()
    assert held.binding == ""


def test_marking_words(desk, template):
    desk.post(url("slot_adding", template), {"words": "困难党员"})
    assert slot(template, "困难党员").reading == {}
    start = template.text.index("主要工作")
    desk.post(url("slot_adding", template), {"start": start, "end": start + 4})
    added = slot(template, "主要工作")
    desk.post(url("slot_removal", template, added.key))
    assert not template.slots.filter(text="主要工作").exists()


def test_the_sure_ones(template, by):
    assert accept_sure_proposals(template=template, by=by) == 1
    assert slot(template, "52场").indicator.key == "lectures"
    assert slot(template, "60场").binding == ""


def test_a_planned_figure_is_left_to_a_person(desk, template):
    body = desk.get(
        url("template", template) + f"?slot={slot(template, '60场').key}"
    ).content.decode()
    assert 'value="constant" data-hotkey="c" data-action="click->binding#choose" checked' in body


def test_strangers_see_nothing(client, template):
    client.force_login(factories.account(factories.organisation()))
    assert client.get(url("template", template)).status_code == 404
    assert client.post(url("template_removal", template)).status_code == 404
    assert Template.objects.filter(pk=template.pk).exists()


@pytest.mark.parametrize("slots", [4, 8])
def test_the_page_asks_the_same_whatever_is_bound(desk, city, by, slots, django_assert_num_queries):
    text = TEXT if slots == 4 else TEXT + TEXT
    template = create_template(
        organisation=city, source=read_source(text.encode(), "总结.txt"), by=by
    )
    accept_sure_proposals(template=template, by=by)
    address = url("template", template) + "?slot=s003"
    desk.get(address)
    with django_assert_num_queries(10):
        desk.get(address)


def test_lines_hold_the_whole_text(template):
    lines = marked_lines(template.text, list(template.slots.all()), template.title)
    shown = ["".join(piece.text for piece in line.pieces) for line in lines]
    assert shown == [line for line in template.text.split("\n") if line]
    assert [line.kind for line in lines][:2] == ["title", "chapter"]
    assert all(
        template.text[line.start :].startswith(words)
        for line, words in zip(lines, shown, strict=True)
    )


def test_half_a_sentence_may_be_marked(client) -> None:
    """What stands behind its number is no measure word then, and the page goes on working."""
    made = world(
        lines=["总结", "举办讲座20场次含线上线下相结合的各类专题辅导报告会以及论坛。"], word=False
    )
    client.force_login(made.account)
    words = "20场次含线上线下相结合的各类专题辅导报告会以及论坛"
    client.post(reverse("reports:slot_adding", args=[made.template.pk]), {"words": words})
    answer = client.get(reverse("reports:template", args=[made.template.pk]))
    assert answer.status_code == 200
    assert words in answer.content.decode()
