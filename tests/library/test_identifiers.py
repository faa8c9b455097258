"""Numbers of works and people in their normal form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import isbn

from sheke.core.errors import BadInput
from sheke.library.identifiers import normal_identifier, normal_orcid

GOOD = [
    ("isbn", "7-04-044703-6", None),
    ("isbn", "9787040447033", None),
    ("isbn", "ISBN 978-0-306-40615-7", "978-0-306-40615-7"),
    ("isbn", "0-306-40615-2", "978-0-306-40615-7"),
    ("isbn", "０３０６４０６１５２", "978-0-306-40615-7"),
    ("isbn", "ISBN-13：978–0–306–40615–7", "978-0-306-40615-7"),
    ("isbn", "080442957x", "978-0-8044-2957-3"),
    ("issn", "03785955", "0378-5955"),
    ("issn", "ISSN：2434-561x", "2434-561X"),
    ("doi", "https://doi.org/10.1000/ABC_(1)", "10.1000/abc_(1)"),
    ("doi", "DOI: 10.3772/j.issn.1000-0135.2024.01.002", "10.3772/j.issn.1000-0135.2024.01.002"),
    ("cn", "cn 11-1234/c", "CN 11-1234/C"),
    ("cn", "国内统一刊号", None),
    ("cn", "CN51－1001", "CN 51-1001"),
    ("cn", "11-5432/G2", "CN 11-5432/G2"),
    ("other", " 京政办发〔2005〕 37号\n", "京政办发〔2005〕 37号"),
]


@pytest.mark.parametrize(("scheme", "typed", "normal"), [row for row in GOOD if row[2]])
def test_a_number_has_one_form(scheme: str, typed: str, normal: str) -> None:
    assert normal_identifier(scheme, typed) == normal
    assert normal_identifier(scheme, normal) == normal


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [("isbn", "978-0-306-40615-8"), ("isbn", "12345"), ("isbn", ""), ("isbn", "9770378595001"),
     ("issn", "0378-5954"), ("issn", "ISSN"), ("doi", "10.1000"), ("doi", "11.1000/182"),
     ("doi", "10.1000/1 82"), ("cn", "国内统一刊号"), ("cn", "11-123/C"), ("cn", "CN 11-12345"),
     ("other", " \n"), ("udc", "1")],
)  # fmt: skip
def test_what_cannot_be_right_is_refused(scheme: str, typed: str) -> None:
    with pytest.raises(BadInput) as error:
        normal_identifier(scheme, typed)
    assert str(error.value)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_ten_digits_and_their_thirteen_are_one_number(body: str) -> None:
    ten = body + isbn._calc_isbn10_check_digit(body)
    thirteen = normal_identifier("isbn", ten)
    assert normal_identifier("isbn", isbn.compact(thirteen)) == thirteen
    assert isbn.compact(thirteen)[3:12] == body


def test_an_orcid_is_read_from_its_address() -> None:
    assert normal_orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert normal_orcid("000000021694233x") == "0000-0002-1694-233X"
    for wrong in ("0000-0002-1825-0098", "0000-0002-1825", "", "orcid.org"):
        with pytest.raises(BadInput):
            normal_orcid(wrong)
