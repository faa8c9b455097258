"""Persistent links: given once, checked, never reused, and what is left when their target goes."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sheke.library import actions
from sheke.library.actions import experts as knowing
from sheke.library.citing.styles import STYLES
from sheke.library.links import ALPHABET, check_character, is_whole, link_of, new_name, read_name
from sheke.library.models import Expert, Work
from tests.library import factories

DRAWN = st.text(ALPHABET, min_size=8, max_size=8)


def test_names_say_nothing_and_are_whole() -> None:
    names = {new_name() for _time in range(200)}
    assert len(names) == 200
    assert all(is_whole(name) and len(name) == 11 and name.startswith("s1") for name in names)
    assert not set("".join(names)) & set("aeiouyl")


@given(DRAWN, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(drawn: str, place: int, wrong: str) -> None:
    body = "s1" + drawn
    name = body + check_character(body)
    changed = name[:place] + wrong + name[place + 1 :]
    assert is_whole(changed) == (changed == name)


@given(DRAWN, st.integers(0, 9))
def test_two_characters_that_changed_places_are_found(drawn: str, place: int) -> None:
    body = "s1" + drawn
    name = body + check_character(body)
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert is_whole(swapped) == (swapped == name)


def test_a_name_is_read_however_it_was_copied() -> None:
    assert read_name(" S1BC-DFGH–jk ") == "s1bcdfghjk"
    assert read_name("ark:/99999/s1bcd") == read_name("ark:99999/s1bcd") == "s1bcd"
    assert not is_whole("") and not is_whole("s") and not is_whole("s1b\0")


@pytest.mark.django_db
class TestWhereALinkLeads:
    def ask(self, path: str, **headers: str) -> HttpResponse:
        return Client().get(path, headers=headers)

    def test_a_work_is_given_one_link_for_good(self, society) -> None:
        work = factories.work(society, public=True)
        assert link_of(work) == link_of(Work.objects.get(pk=work.pk)) == work.link
        answer = self.ask(f"/id/{work.link.name}")
        assert (answer.status_code, answer["Location"]) == (302, f"/library/works/{work.pk}/")
        assert answer["Vary"] == "Accept, Accept-Language" and not answer.cookies

    def test_a_taken_name_is_never_given_again(self, society, monkeypatch) -> None:
        first, second = factories.work(society), factories.work(society)
        names = iter(["s1bcdfghjkm", "s1bcdfghjkm", "s1zzzzzzzzz"])
        monkeypatch.setattr("sheke.library.links.new_name", lambda: next(names))
        assert link_of(first).name == "s1bcdfghjkm"
        assert link_of(second).name == "s1zzzzzzzzz"
        with pytest.raises(ProtectedError):
            first.delete()

    @pytest.mark.parametrize(
        ("accept", "style"),
        [("application/x-bibtex", "bibtex"), ("application/x-research-info-systems", "ris"),
         ("application/vnd.citationstyles.csl+json", "csl-json"), ("application/json", "csl-json"),
         ("application/ld+json, text/html;q=0.5", "json-ld"), ("text/x-bibliography", "gbt-numeric"),
         ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""), ("*/*", ""),
         ("image/png", "")],
    )  # fmt: skip
    def test_who_asks_for_another_form_gets_it(self, society, accept: str, style: str) -> None:
        work = factories.work(society, public=True)
        answer = self.ask(f"/id/{work.link.name}", accept=accept)
        page = f"/library/works/{work.pk}/"
        assert answer["Location"] == (f"{page}citation/{style}/" if style else page)

    def test_an_ending_asks_for_a_form(self, society) -> None:
        work = factories.work(society, public=True)
        for style in STYLES.values():
            answer = self.ask(f"/id/{work.link.name}.{style.ending}")
            assert answer["Location"].endswith(f"/citation/{style.name}/")
            assert self.ask(answer["Location"]).status_code == 200
        assert self.ask(f"/id/{work.link.name}.docx").status_code == 404

    def test_however_it_is_typed_it_leads_there(self, society) -> None:
        name = factories.work(society, public=True).link.name
        for typed in (
            name.upper(),
            f"{name[:4]}-{name[4:]}",
            f"ark:/99999/{name}",
            f"ark:99999/{name}",
        ):
            answer = self.ask(f"/id/{typed}")
            assert (answer.status_code, answer["Location"]) == (301, f"/id/{name}")
        assert self.ask(f"/id/{name.upper()}.bib")["Location"] == f"/id/{name}.bib"

    def test_a_mistyped_one_is_told(self, society) -> None:
        name = factories.work(society, public=True).link.name
        wrong = name[:-1] + ("0" if name[-1] != "0" else "1")
        answer = self.ask(f"/id/{wrong}")
        assert answer.status_code == 404 and answer.context["mistyped"]
        never = self.ask("/id/" + "s1zzzzzzzz" + check_character("s1zzzzzzzz"))
        assert never.status_code == 404 and not never.context["mistyped"]

    def test_of_a_work_taken_back_a_stone_is_left(self, society) -> None:
        work = factories.work(
            society,
            "河街的茶馆",
            public=True,
            abstract="摘要在此",
            text="正文在此",
            access="public",
        )
        actions.withdraw_work(work=work, reason="作者请求", by=None)
        for path in (f"/id/{work.link.name}", f"/library/works/{work.pk}/"):
            answer = self.ask(path)
            said = answer.content.decode()
            assert answer.status_code == 410
            assert "河街的茶馆" in said and "作者请求" in said and f"{timezone.localdate()}" in said
            assert "摘要在此" not in said and "正文在此" not in said
        assert self.ask(f"/library/works/{work.pk}/citation/bibtex/").status_code == 404

    def test_of_a_draft_nothing_is_told(self, society) -> None:
        work = factories.work(society, "未成之稿")
        name = link_of(work).name
        for path in (f"/id/{name}", f"/library/works/{work.pk}/"):
            answer = self.ask(path)
            assert answer.status_code == 404 and "未成之稿" not in answer.content.decode()

    def test_a_merged_expert_leads_to_the_one_kept(self, society) -> None:
        kept = factories.expert(society, public=True)
        dropped = factories.expert(society, "林 溪", public=True)
        old = link_of(dropped).name
        knowing.merge_experts(kept=kept, dropped=dropped, reason="同一人", by=None)
        assert self.ask(f"/id/{old}")["Location"] == f"/library/experts/{kept.pk}/"

    def test_of_a_profile_no_longer_public_not_even_the_name_is_told(self, society) -> None:
        expert = factories.expert(society, "林溪", public=True)
        name = link_of(expert).name
        Expert.objects.filter(pk=expert.pk).update(agreed_at=None, published_at=None)
        answer = self.ask(f"/id/{name}")
        assert answer.status_code == 410 and "林溪" not in answer.content.decode()

    def test_a_collection(self, society) -> None:
        made = factories.collection(society, "river", public=True)
        name = link_of(made).name
        assert self.ask(f"/id/{name}")["Location"] == "/library/collections/river/"
        made.published_at = None
        made.save()
        answer = self.ask(f"/id/{name}")
        assert answer.status_code == 410 and made.title not in answer.content.decode()
