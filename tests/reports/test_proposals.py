"""Which indicators a slot is offered, with which period, scope and printing."""

import io

import docx
import pytest
from django.utils import translation

from sheke.indicators.catalogue import Catalogue
from sheke.reports.actions.accepting import accept_sure_proposals
from sheke.reports.actions.templates import create_template
from sheke.reports.models import Slot
from sheke.reports.proposals import Proposal, place_of, propose
from sheke.reports.sources import read_source
from sheke.reports.spoken_periods import spoken_period
from sheke.reports.spoken_scopes import spoken_scope
from tests import factories
from tests.factories import LECTURE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def city(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    factories.lecture_type()
    factories.indicator("lectures", synonyms=["讲座", "报告会"], verbs=["举办", "开展"])
    factories.indicator(
        "county_lectures",
        name={"zh": "县级讲座"},
        synonyms=["县级讲座"],
        where=[{"field": "level", "value": "county"}],
    )
    factories.indicator(
        "audience", aggregate="sum", measure="attendance", name={"zh": "讲座受众"},
        unit={"zh": "人次"}, synonyms=["听众", "受众", "参加群众"],
    )  # fmt: skip
    factories.indicator(
        "cost", aggregate="sum", measure="cost", name={"zh": "讲座经费"}, unit={"zh": "万元"},
        synonyms=["经费"],
    )  # fmt: skip
    factories.indicator(
        "online_share", aggregate="share", of=[{"field": "online", "value": True}],
        name={"zh": "线上占比"}, unit={"zh": "%"}, synonyms=["线上讲座"],
    )  # fmt: skip
    return factories.organisation(kind="federation")


def slots(city, text: str) -> list[Slot]:
    template = create_template(
        organisation=city, source=read_source(text.encode(), "总结.txt"), by=None, year=2024
    )
    return list(template.slots.select_related("template"))


def offers(city, text: str) -> list[list[Proposal]]:
    catalogue = Catalogue.load()
    return [propose(slot, catalogue) for slot in slots(city, text)]


def best(city, text: str) -> list[str]:
    return [found[0].key if found else "" for found in offers(city, text)]


def test_words_near_the_figure_decide(city):
    text = "全年举办社科讲座52场，其中县级讲座30场，听众达5.2万余人次，线上讲座占比35%。"
    assert best(city, text) == ["lectures", "county_lectures", "audience", "online_share"]


def test_the_noun_may_follow_or_be_elided(city):
    assert best(city, "举办52场讲座，已开讲x期。") == ["lectures", "lectures"]


def test_an_indicator_of_many_types_gives_way_to_the_one_that_is_named(city):
    exhibition = LECTURE | {"key": "exhibition", "name": {"zh": "展览"}, "synonyms": []}
    factories.definition("record_type", exhibition)
    factories.indicator(
        "exhibitions", name={"zh": "举办展览"}, unit={"zh": "个"}, types=["exhibition"],
        synonyms=["展览"], verbs=["举办"],
    )  # fmt: skip
    factories.indicator(
        "events", name={"zh": "开展普及活动"}, types=["lecture", "exhibition"], verbs=["举办"]
    )
    [[first, *_rest]] = offers(city, "全年举办展览xx场。")
    assert first.key == "exhibitions"


def test_a_figure_in_a_table_is_what_its_row_is_called(city, django_assert_num_queries):
    document = docx.Document()
    document.add_paragraph("云川市社科联2024年工作总结")
    table = document.add_table(3, 2)
    for row, words in enumerate([("项目", "数量"), ("社科讲座", "586场"), ("听众", "3万余人次")]):
        for column, text in enumerate(words):
            table.cell(row, column).text = text
    data = io.BytesIO()
    document.save(data)
    template = create_template(
        organisation=city, source=read_source(data.getvalue(), "总结.docx"), by=None, year=2024
    )
    catalogue = Catalogue.load()
    held = list(template.slots.select_related("template__source"))
    propose(held[0], catalogue)
    with django_assert_num_queries(0):
        assert [propose(slot, catalogue)[0].key for slot in held] == ["lectures", "audience"]


def test_reasons_are_told(city):
    (found,) = offers(city, "举办讲座52场。")
    assert found[0].reasons == ("the text says “举办讲座”", "measure word “场”", "verb “举办”")


def test_growth_is_no_value_of_an_indicator(city):
    assert best(city, "举办讲座52场，比去年同期增加4场。") == ["lectures", ""]


def test_nothing_fits(city):
    assert best(city, "慰问困难党员12户。") == [""]


def test_percent_and_counts_never_meet(city):
    assert best(city, "讲座满意率98%。") == [""]


def test_the_indicators_own_magnitude_is_not_printed_twice(city):
    (found,) = offers(city, "投入经费300余万元。")
    assert found[0].printing["unit"] == "万元"
    assert "magnitude" not in found[0].printing


def test_printing_comes_from_the_old_wording(city):
    (found,) = offers(city, "听众达5.2万余人次。")
    assert found[0].printing == {
        "magnitude": "万", "places": 1, "rounding": "truncate", "suffix": "余", "unit": "人次",
    }  # fmt: skip


def test_another_ones_figure_is_seen(city):
    (slot,) = slots(city, "国家统计局数据显示，全国举办讲座120万场。")
    assert place_of(slot).is_foreign


def test_the_period_is_the_sentences(city):
    first, second = offers(city, "举办讲座60场，截至10月底听众达5万人次。")
    assert first[0].period == {}
    assert second[0].period == {"until": "10-31"}


@pytest.mark.parametrize(
    ("before", "period"),
    [
        ("截至10月底，已举办讲座", {"until": "10-31"}),
        ("截止11月20日共举办", {"until": "11-20"}),
        ("上半年举办讲座", {"until": "06-30"}),
        ("下半年举办讲座", {"first": "07-01", "last": "12-31"}),
        ("前三季度举办讲座", {"until": "09-30"}),
        ("1—9月，举办讲座", {"until": "09-30"}),
        ("4至6月举办讲座", {"first": "04-01", "last": "06-30"}),
        ("二季度举办讲座", {"first": "04-01", "last": "06-30"}),
        ("转化率由2019年的", {"years": -5}),
        ("转化率由2019年的21%提高到2024年的", {}),
        ("2024年举办讲座", {}),
        ("2025年，力争举办讲座", {"years": 1}),
        ("11月19日，我们邀请专家", {}),
        ("截至2月底举办", {"until": "02-29"}),
        ("上半年举办5场，截至10月底举办", {"until": "10-31"}),
    ],
)
def test_spoken_periods(before, period):
    assert spoken_period(before, 2024) == period


@pytest.mark.parametrize(
    ("clause", "scope"),
    [
        ("各县（市、区）社科联举办讲座30场，", {"kinds": ["county_federation"]}),
        ("各学会全年举办讲座30场，", {"kinds": ["society"]}),
        ("市社科联机关举办讲座3场，", {"own": True}),
        ("全市举办讲座30场，", {}),
    ],
)
def test_spoken_scopes(clause, scope):
    assert spoken_scope("", clause) == scope


def test_proposing_asks_nothing_of_the_database(city, django_assert_num_queries):
    (slot,) = slots(city, "举办讲座52场。")
    catalogue = Catalogue.load()
    with django_assert_num_queries(0):
        propose(slot, catalogue)


def test_a_heading_may_announce_all_that_follows(city):
    text = "一、主要工作\n举办讲座52场。\n二、下一步打算\n（一）强化普及\n举办讲座60场。\n三、附表\n听众5万人次。"
    assert [place_of(slot).planned for slot in slots(city, text)] == [False, True, False]


def test_a_stock_is_not_what_was_added(city):
    factories.indicator(
        "new_bases", name={"zh": "新认定基地"}, unit={"zh": "家"}, synonyms=["基地"]
    )
    added, stock = offers(city, "新命名普及基地9家，全市拥有基地53家。")
    assert added[0].score - stock[0].score > 15


def test_two_figures_of_a_sentence_never_get_the_same_indicator(city):
    held = slots(city, "举办讲座52场，又举办讲座30场。")[0]
    assert accept_sure_proposals(template=held.template, by=None) == 0
