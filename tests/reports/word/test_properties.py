from io import BytesIO

import docx

from sheke.reports.word.properties import get_property, set_property


def reopened(document):
    buffer = BytesIO()
    document.save(buffer)
    return docx.Document(buffer)


def test_a_property_survives_saving_changing_and_removal():
    document = docx.Document()
    assert get_property(document, "A") is None
    set_property(document, "A", "甲")
    set_property(document, "B", "乙")
    document = reopened(document)
    set_property(document, "A", "<丙>")
    document = reopened(document)
    assert (get_property(document, "A"), get_property(document, "B")) == ("<丙>", "乙")
    set_property(document, "A", None)
    document = reopened(document)
    assert (get_property(document, "A"), get_property(document, "B")) == (None, "乙")
