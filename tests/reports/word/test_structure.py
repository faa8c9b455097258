from sheke.reports.word.structure import Role, classify


def roles(*texts):
    return [line.role for line in classify(list(texts))]


def test_an_official_text_from_title_to_date():
    assert roles(
        "云川市社科联",
        "2025年工作总结",
        "（征求意见稿）",
        "市委宣传部：",
        "今年以来，工作顺利。",
        "一、主要工作",
        "（一）抓普及",
        "1.办讲座",
        "云川市社科联",
        "2025年12月20日",
    ) == [
        Role.TITLE,
        Role.TITLE,
        Role.SUBTITLE,
        Role.ADDRESSEE,
        Role.BODY,
        Role.HEADING1,
        Role.HEADING2,
        Role.HEADING3,
        Role.SIGNATURE,
        Role.DATE,
    ]


def test_a_heading_run_into_its_paragraph_is_only_its_first_sentence():
    (line,) = classify(["（一）抓普及。全年举办讲座。"])
    assert (line.role, line.text[: line.head]) == (Role.BODY, "（一）抓普及。")


def test_a_numbered_sentence_is_no_heading():
    assert roles("标题", "一、全年举办讲座，惠及群众，取得了很好的效果；") == [
        Role.TITLE,
        Role.BODY,
    ]


def test_a_text_that_starts_with_a_sentence_has_no_title():
    assert roles("今年以来，工作顺利。", "一、工作") == [Role.BODY, Role.HEADING1]


def test_a_decimal_is_no_number_of_a_heading():
    assert roles("标题", "3.5万人参加了。") == [Role.TITLE, Role.BODY]


def test_nothing_gives_nothing():
    assert classify([]) == []
