"""References against the forms that GB/T 7714—2015 shows for each kind of document."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.library.citing.entry import Entry
from sheke.library.citing.gbt import by_author, by_number, numbered
from sheke.library.citing.listing import by_author_and_year
from sheke.library.citing.names import Name, initials


def people(*names: str) -> tuple[Name, ...]:
    return tuple(Name(name) for name in names)


def bodies(*names: str) -> tuple[Name, ...]:
    return tuple(Name(name, is_body=True) for name in names)


def entry(kind: str, title: str, issued: str = "", **fields: object) -> Entry:
    return Entry(1, kind, title, issued=issued, **fields)  # type: ignore[arg-type]


JOURNAL = [
    (entry("article", "蓝田生物群", "2012", subtitle="一个认识多细胞生物起源和早期演化的新窗口",
           authors=people("袁训来", "陈哲", "肖书海", "万斌"), container="科学通报", volume="55",
           issue="34", pages="3219"),
     "袁训来, 陈哲, 肖书海, 等. 蓝田生物群: 一个认识多细胞生物起源和早期演化的新窗口[J]. 科学通报, 2012, 55(34): 3219."),
    (entry("article", "四库馆私家抄校书考略", "2013-02", authors=people("杨洪升"), container="文献",
           issue="第1期", pages="第56—75页"),
     "杨洪升. 四库馆私家抄校书考略[J]. 文献, 2013(1): 56-75."),
    (entry("article", "Shaking without quaking", "1998", language="en", container="Science",
           authors=people("Kanamori, Hiroo"), volume="279", issue="5359", pages="2063"),
     "KANAMORI H. Shaking without quaking[J]. Science, 1998, 279(5359): 2063."),
    (entry("article", "Cataloging internet resources", "1993", language="en", volume="4",
           authors=people("Caplan, Priscilla"), pages="pp. 61–66",
           container="The public access computer systems review"),
     "CAPLAN P. Cataloging internet resources[J]. The public access computer systems review, 1993, 4: 61-66."),
    (entry("article", "Drought, deluge and declines", "2013", language="en", container="Biology",
           authors=people("Walls, Susan C.", "Barichivich, W. J.", "Brown, M. E."), volume="2",
           issue="1", pages="399-418", url="http://www.example.com/2079-7737/2/1/399",
           accessed=date(2013, 11, 4), doi="10.3390/biology2010399"),
     "WALLS S C, BARICHIVICH W J, BROWN M E. Drought, deluge and declines[J/OL]. Biology, 2013, 2(1): "
     "399-418[2013-11-04]. http://www.example.com/2079-7737/2/1/399. DOI:10.3390/biology2010399."),
    (entry("newspaper", "我们的科技一直在追赶", "2013-01-12", subtitle="访中国工程院院长",
           authors=people("余建斌"), container="人民日报", pages="第2版",
           url="http://paper.example.com/nw.htm", accessed=date(2013, 3, 20)),
     "余建斌. 我们的科技一直在追赶: 访中国工程院院长[N/OL]. 人民日报, 2013-01-12(2)[2013-03-20]. "
     "http://paper.example.com/nw.htm."),
    (entry("newspaper", "数字革命与竞争国际化", "2000-11-20", authors=people("丁文祥"),
           container="中国青年报", pages="15"),
     "丁文祥. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15)."),
    (entry("periodical", "临床内科杂志", "1984", bodies=bodies("中华医学会湖北分会"), volume="1",
           issue="1", place="武汉", publisher="中华医学会湖北分会"),
     "中华医学会湖北分会. 临床内科杂志[J]. 1984, 1(1)-. 武汉: 中华医学会湖北分会, 1984-."),
    (entry("periodical", "图书馆学通讯", "1957", issue="1", place="北京", publisher="北京图书馆"),
     "图书馆学通讯[J]. 1957(1)-. 北京: 北京图书馆, 1957-."),
    (entry("advice", "关于完善社区养老的建议", "2024", authors=people("甲", "乙"), issue="12",
           container="社科要报"),
     "甲, 乙. 关于完善社区养老的建议[R]. 社科要报, 2024(12)."),
]  # fmt: skip

BOOKS = [
    (entry("translation", "谷物科学与工艺学原理", "1989", authors=people("霍斯尼"), pages="15-20",
           translators=people("李庆龙"), edition="第二版", place="北京", publisher="中国食品出版社"),
     "霍斯尼. 谷物科学与工艺学原理[M]. 李庆龙, 译. 2版. 北京: 中国食品出版社, 1989: 15-20."),
    (entry("translation", "西方文明史", "2011", subtitle="问题与源头",
           authors=people("[美]佩里·罗杰斯"), translators=people("潘惠霞", "魏婧", "杨艳", "汤玲"),
           place="大连", publisher="东北财经大学出版社"),
     "罗杰斯. 西方文明史: 问题与源头[M]. 潘惠霞, 魏婧, 杨艳, 等译. 大连: 东北财经大学出版社, 2011."),
    (entry("monograph", "Probability, random variable, and random signal principles", "2001",
           language="en", authors=people("Peebles, Peyton Z., Jr."), edition="4th edition",
           place="New York", publisher="McGraw Hill"),
     "PEEBLES P Z, Jr. Probability, random variable, and random signal principles[M]. 4th ed. "
     "New York: McGraw Hill, 2001."),
    (entry("monograph", "增订本草备要", "1881", subtitle="四卷", authors=people("（清）汪昂"),
           edition="刻本", place="京都", publisher="老二酉堂"),
     "汪昂. 增订本草备要: 四卷[M]. 刻本. 京都: 老二酉堂, 1881."),
    (entry("chapter", "1998年长江洪水的成因与减灾对策", "1999", authors=people("程根伟"),
           editors=people("许厚泽", "赵其国"), container="长江流域洪涝灾害与科技对策", place="北京",
           publisher="科学出版社", pages="32-36"),
     "程根伟. 1998年长江洪水的成因与减灾对策[M]//许厚泽, 赵其国. 长江流域洪涝灾害与科技对策. "
     "北京: 科学出版社, 1999: 32-36."),
    (entry("chapter", "周易外传", "2011", subtitle="卷5", editors=people("王夫之"), volume="6",
           container="船山全书", place="长沙", publisher="岳麓书社", pages="1109"),
     "周易外传: 卷5[M]//王夫之. 船山全书: 第6卷. 长沙: 岳麓书社, 2011: 1109."),
    (entry("conference", "面向数字素养的高校图书馆数字服务体系研究", "2011", place="北京",
           authors=people("贾东琴", "柯平"), editors=people("中国图书馆学会"), pages="45-52",
           container="中国图书馆学会年会论文集: 2011年卷", publisher="国家图书馆出版社"),
     "贾东琴, 柯平. 面向数字素养的高校图书馆数字服务体系研究[C]//中国图书馆学会. "
     "中国图书馆学会年会论文集: 2011年卷. 北京: 国家图书馆出版社, 2011: 45-52."),
    (entry("chapter", "Pathogenic properties of invading microorganism", "1974", language="en",
           authors=people("Weinstein, L.", "Swertz, M. N."), pages="745-772",
           editors=people("Sodeman, W. A., Jr", "Sodeman, W. A."), place="Philadelphia",
           container="Pathologic physiology: mechanisms of disease", publisher="Saunders"),
     "WEINSTEIN L, SWERTZ M N. Pathogenic properties of invading microorganism[M]//SODEMAN W A, Jr, "
     "SODEMAN W A. Pathologic physiology: mechanisms of disease. Philadelphia: Saunders, 1974: 745-772."),
    (entry("collection", "综合湿地管理", "2012", subtitle="综合湿地管理国际研讨会论文集",
           editors=people("雷光春"), place="北京", publisher="海洋出版社"),
     "雷光春. 综合湿地管理: 综合湿地管理国际研讨会论文集[C]. 北京: 海洋出版社, 2012."),
    (entry("collection", "社科普及读本选编", "2020", editors=people("甲"), place="云川",
           publisher="云川出版社"),
     "甲. 社科普及读本选编[G]. 云川: 云川出版社, 2020."),
]  # fmt: skip

OTHERS = [
    (entry("thesis", "人类活动影响下海河流域典型区水循环变化分析", "2011", authors=people("马欢"),
           place="北京", publisher="清华大学"),
     "马欢. 人类活动影响下海河流域典型区水循环变化分析[D]. 北京: 清华大学, 2011."),
    (entry("thesis", "面向中文信息处理的现代汉语并列结构研究", "2003", authors=people("吴云芳"),
           place="北京", publisher="北京大学", url="http://thesis.example.com/1",
           accessed=date(2013, 10, 14)),
     "吴云芳. 面向中文信息处理的现代汉语并列结构研究[D/OL]. 北京: 北京大学, 2003[2013-10-14]. "
     "http://thesis.example.com/1."),
    (entry("report", "第29次中国互联网络发展现状统计报告", "2012-01-16",
           bodies=bodies("中国互联网络信息中心"), url="http://www.example.cn/29.pdf",
           accessed=date(2013, 3, 26)),
     "中国互联网络信息中心. 第29次中国互联网络发展现状统计报告[R/OL]. (2012-01-16)[2013-03-26]. "
     "http://www.example.cn/29.pdf."),
    (entry("report", "Factors regulating the immune response", "1970", language="en",
           subtitle="report of WHO Scientific Group", bodies=bodies("World Health Organization"),
           place="Geneva", publisher="WHO"),
     "World Health Organization. Factors regulating the immune response: report of WHO Scientific "
     "Group[R]. Geneva: WHO, 1970."),
    (entry("standard", "信息与文献 都柏林核心元数据元素集", "2010", place="北京",
           bodies=bodies("全国信息与文献标准化技术委员会"), publisher="中国标准出版社", pages="2-3",
           other_numbers=("GB/T 25100—2010",)),
     "全国信息与文献标准化技术委员会. 信息与文献 都柏林核心元数据元素集: GB/T 25100—2010[S]. "
     "北京: 中国标准出版社, 2010: 2-3."),
    (entry("document", "关于转发投资项目核准办法的通知", "2005-07-12",
           bodies=bodies("北京市人民政府办公厅"), other_numbers=("京政办发[2005]37号",),
           url="http://zw.example.cn/notice", accessed=date(2011, 7, 12)),
     "北京市人民政府办公厅. 关于转发投资项目核准办法的通知: 京政办发[2005]37号[A/OL]. "
     "(2005-07-12)[2011-07-12]. http://zw.example.cn/notice."),
    (entry("archive", "中国明朝档案汇总", "2001", authors=people("中国第一历史档案馆", "辽宁省档案馆"),
           place="桂林", publisher="广西师范大学出版社"),
     "中国第一历史档案馆, 辽宁省档案馆. 中国明朝档案汇总[A]. 桂林: 广西师范大学出版社, 2001."),
    (entry("web", "出版业信息化迈入快车道", "2001-12-19", authors=people("萧钰"),
           url="http://www.example.com/news", accessed=date(2002, 4, 15)),
     "萧钰. 出版业信息化迈入快车道[EB/OL]. (2001-12-19)[2002-04-15]. http://www.example.com/news."),
    (entry("web", "Dublin core metadata element set: version 1.1", "2012-06-14", language="en",
           url="http://dc.example.org/dces/", accessed=date(2014, 6, 11)),
     "Dublin core metadata element set: version 1.1[EB/OL]. (2012-06-14)[2014-06-11]. "
     "http://dc.example.org/dces/."),
    (entry("other", "内部资料", "1990"), "内部资料[Z]. 1990."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "printed"), JOURNAL + BOOKS + OTHERS)
def test_by_number(one: Entry, printed: str) -> None:
    assert by_number(one) == printed


UNKNOWN = [
    ({"publisher": "三户图书刊行社", "issued": "1990"}, "[出版地不详]: 三户图书刊行社, 1990."),
    ({"place": "哈尔滨", "issued": "2013"}, "哈尔滨: [出版者不详], 2013."),
    ({"issued": "2013"}, "[出版地不详]: [出版者不详], 2013."),
    ({"language": "zh-Hant", "issued": "1975"}, "[出版地不詳]: [出版者不詳], 1975."),
    ({"publisher": "MacMillan", "language": "en", "issued": "1975"}, "[S.l.]: MacMillan, 1975."),
    ({"place": "Salt Lake City", "language": "en", "issued": "1964"},
     "Salt Lake City: [s.n.], 1964."),
    ({"place": "北京", "publisher": "商务印书馆"}, "北京: 商务印书馆."),
]  # fmt: skip


@pytest.mark.parametrize(("known", "imprint"), UNKNOWN)
def test_place_and_publisher_that_are_unknown_are_said_so(known: dict, imprint: str) -> None:
    assert by_number(Entry(1, "monograph", "书", **known)) == f"书[M]. {imprint}"


def test_what_is_on_the_web_need_not_say_its_place() -> None:
    one = entry("monograph", "书", "2011", publisher="商务印书馆", url="http://a.example/")
    assert by_number(one) == "书[M/OL]. 商务印书馆, 2011. http://a.example/."
    assert by_number(entry("monograph", "书", "2011", url="http://a.example/")) == (
        "书[M/OL]. 2011. http://a.example/."
    )


def test_what_is_kept_here_alone_is_cited_by_its_lasting_address() -> None:
    here = entry(
        "report", "调研报告", "2024-05-12", authors=people("甲"), link="http://x.example/id/s1"
    )
    assert by_number(here) == "甲. 调研报告[R/OL]. (2024-05-12). http://x.example/id/s1."
    book = entry(
        "monograph", "书", "2024", place="北京", publisher="社", link="http://x.example/id/s1"
    )
    assert by_number(book) == "书[M]. 北京: 社, 2024."


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [("2", "2版", "2nd ed."), ("第3版", "3版", "3rd ed."), ("11", "11版", "11th ed."),
     ("第1版", "", ""), ("第一版", "", None), ("第十二版", "12版", None), ("21st ed.", "21版", "21st ed."),
     ("修订版", "修订版", "修订版"), ("新1版", "新1版", None), ("Rev. ed.", "Rev. ed.", "Rev. ed."),
     ("Fifth edition", None, "5th ed."), ("First edition", None, "")],
)  # fmt: skip
def test_editions(typed: str, zh: str | None, en: str | None) -> None:
    for language, wanted in (("zh-Hans", zh), ("en", en)):
        if wanted is None:
            continue
        one = entry(
            "monograph", "T", "2001", edition=typed, place="P", publisher="Q", language=language
        )
        between = f" {wanted}" + ("" if wanted.endswith(".") else ".") if wanted else ""
        assert by_number(one) == f"T[M].{between} P: Q, 2001."


@pytest.mark.parametrize(
    ("printed", "cited"),
    [("Einstein, Albert", "EINSTEIN A"), ("de Morgan, Augustus", "DE MORGAN A"),
     ("Zheng, Guangmei", "ZHENG G M"), ("Zheng, Guang-mei", "ZHENG G M"), ("Zheng, Guang Mei", "ZHENG G M"),
     ("Li, Xian", "LI X"), ("Li, Xi'an", "LI X A"), ("Ouyang, Xiu", "OUYANG X"),
     ("Long, Susan", "LONG S"), ("Sartre, Jean-Paul", "SARTRE J P"), ("Knuth, D.E.", "KNUTH D E"),
     ("Knuth, DE", "KNUTH D E"), ("King, Martin Luther, Jr.", "KING M L, Jr"),
     ("Müller, Ölaf", "MÜLLER Ö"), ("李四", "李四"), ("［日］村上春树", "村上春树"),
     ("（美）塞缪尔·亨廷顿", "亨廷顿"), ("阿不都热合曼·艾力", "阿不都热合曼·艾力"),
     ("昂温 G", "昂温 G"), ("Plato", "Plato")],
)  # fmt: skip
def test_names(printed: str, cited: str) -> None:
    assert Name(printed).in_reference() == cited


def test_a_body_keeps_its_name_as_printed() -> None:
    assert Name("University of Yunchuan, Press", is_body=True).in_reference() == (
        "University of Yunchuan, Press"
    )
    assert initials("") == ""


AUTHOR_DATE = [
    (JOURNAL[0][0], "袁训来, 陈哲, 肖书海, 等, 2012. 蓝田生物群: 一个认识多细胞生物起源和早期演化的新窗口[J]. "
     "科学通报, 55(34): 3219."),
    (JOURNAL[1][0], "杨洪升, 2013. 四库馆私家抄校书考略[J]. 文献(1): 56-75."),
    (JOURNAL[6][0], "丁文祥, 2000. 数字革命与竞争国际化[N]. 中国青年报, 11-20(15)."),
    (BOOKS[0][0], "霍斯尼, 1989. 谷物科学与工艺学原理[M]. 李庆龙, 译. 2版. 北京: 中国食品出版社: 15-20."),
    (BOOKS[2][0], "PEEBLES P Z, Jr, 2001. Probability, random variable, and random signal principles[M]. "
     "4th ed. New York: McGraw Hill."),
    (BOOKS[4][0], "程根伟, 1999. 1998年长江洪水的成因与减灾对策[M]//许厚泽, 赵其国. "
     "长江流域洪涝灾害与科技对策. 北京: 科学出版社: 32-36."),
    (OTHERS[7][0], "萧钰, 2001. 出版业信息化迈入快车道[EB/OL]. (2001-12-19)[2002-04-15]. "
     "http://www.example.com/news."),
    (OTHERS[9][0], "佚名, 1990. 内部资料[Z]."),
    (entry("monograph", "书", place="北京", publisher="社"), "佚名, [出版年不详]. 书[M]. 北京: 社."),
    (entry("monograph", "T", language="en", place="P", publisher="Q"), "Anon, [n.d.]. T[M]. P: Q."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "printed"), AUTHOR_DATE)
def test_by_author_and_year(one: Entry, printed: str) -> None:
    assert by_author(one) == printed


def test_a_list_is_numbered_in_its_order() -> None:
    assert [line[:4] for line in numbered([BOOKS[0][0], OTHERS[0][0]])] == ["[1] ", "[2] "]


def test_a_list_by_author_puts_chinese_first_and_tells_works_of_a_year_apart() -> None:
    def book(author: str, title: str, year: str, language: str = "zh-Hans") -> Entry:
        return entry("monograph", title, year, authors=people(author), language=language,
                     place="P", publisher="Q")  # fmt: skip

    made = [book("Baker, S", "T", "1990", "en"), book("张三", "乙书", "2020"), book("安娜", "丁", "2021"),
            book("张三", "甲书", "2020"), book("张三", "早", "2019")]  # fmt: skip
    assert [line.partition("[")[0] for line in by_author_and_year(made)] == [
        "安娜, 2021. 丁", "张三, 2019. 早", "张三, 2020a. 乙书", "张三, 2020b. 甲书", "BAKER S, 1990. T",
    ]  # fmt: skip


def test_a_translator_into_english_is_named() -> None:
    one = entry("translation", "T", "2001", language="en", authors=people("Weber, Max"), place="P",
                publisher="Q", translators=people("A, B", "C, D", "E, F", "G, H"))  # fmt: skip
    assert by_number(one) == "WEBER M. T[M]. A B, C D, E F, et al, trans. P: Q, 2001."


def test_who_issued_a_report_published_it_where_nobody_else_is_named() -> None:
    one = entry("report", "调研报告", "2025", bodies=bodies("云川市社科联"), place="云川")
    assert by_number(one) == "云川市社科联. 调研报告[R]. 云川: 云川市社科联, 2025."
    paper = entry("document", "通知", "2025", bodies=bodies("云川市社科联"))
    assert by_number(paper) == "云川市社科联. 通知[A]. 2025."
