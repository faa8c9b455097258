"""The invented federation of `call_run.py`: its people, what they submit, who reviews it."""

from __future__ import annotations

from random import Random
from typing import Any

DISCIPLINES = {
    "经济学": "产业 金融 财政 消费 就业", "管理学": "治理 绩效 组织 物流 创新",
    "社会学": "社区 养老 家庭 流动 乡村", "教育学": "课程 教师 评价 阅读 职业",
    "历史学": "方志 书院 商帮 航运 碑刻", "法学": "立法 调解 数据 合同 执法",
    "文学": "诗歌 叙事 戏曲 批评 译介", "新闻学与传播学": "短视频 舆论 出版 受众 融合",
    "马克思主义": "理论 宣讲 思政 话语 实践", "统计学": "抽样 预测 指标 调查 建模",
}  # fmt: skip
PLACES = ("云川", "青岚", "沿江", "山区", "侨乡", "老城", "县域", "海岛", "新区", "古镇")
MATTERS = ("的演变", "的机制", "的实证", "的比较", "的路径", "的测度", "的史料", "的个案")
SENTENCES = [
    "选题来自实际，问题提得清楚。", "材料扎实，数据来源交代完整。", "方法得当，推论没有超出证据。",
    "对已有研究的评述还可以更充分。", "结论有新意，也便于实际部门采用。", "个别章节篇幅偏长，可以压缩。",
]  # fmt: skip
SURNAMES, GIVEN = (
    "林陈黄张李王吴刘蔡杨许郑谢洪郭邱曾廖赖徐",
    "文明志国建世永春秋景嘉宏俊伟承思子雨晓静",
)


class World:
    """A federation with a hundred organisations, their secretaries, its office."""

    KINDS = {
        "university_federation": 20,
        "county_federation": 8,
        "research_base": 12,
        "society": 60,
    }

    def __init__(self, random: Random) -> None:
        from sheke.directory.actions import create_organisation

        self.random, self.taken = random, set[str]()
        self.city = create_organisation(
            parent=None, by=None, kind="federation", code="city", name="云川市社科联"
        )
        self.office = self.person(self.city, "staff", "office")
        self.panel = [self.person(self.city, "member", f"panel{n}") for n in range(9)]
        self.units = []
        for kind, number in self.KINDS.items():
            for n in range(number):
                name = f"云川{kind}{n}"
                self.units.append(create_organisation(
                    parent=self.city, by=None, kind=kind, code=f"{kind[:1].upper()}{n:02}", name=name
                ))  # fmt: skip
        self.secretaries = {u.pk: self.person(u, "secretary", f"s{u.pk}") for u in self.units}
        # universities send ten times as much as societies
        heavy = {"university_federation": 10, "county_federation": 4, "research_base": 3}
        self.weights = [heavy.get(unit.kind, 1) for unit in self.units]

    def name(self) -> str:
        while True:
            made = self.random.choice(SURNAMES) + "".join(self.random.sample(GIVEN, 2))
            made += "" if made not in self.taken else self.random.choice(GIVEN)
            if made not in self.taken:
                self.taken.add(made)
                return made

    def person(self, organisation: Any, role: str, username: str) -> Any:
        """Somebody with a tenure and an account without a password."""
        from sheke.directory.actions import create_person, give_tenure

        person = create_person(name=self.name(), by=None)
        give_tenure(person=person, organisation=organisation, role=role, by=None)
        return self.account(person, username)

    def account(self, person: Any, username: str) -> Any:
        from sheke.directory.models import Account

        account = Account(username=username, person=person)
        account.set_unusable_password()
        account.save()
        return account


def submissions_sheet(call: Any, world: World, number: int) -> bytes:
    """The call's template, filled in."""
    from sheke.calls.importing import Columns
    from sheke.core.tables import write_xlsx

    columns, random = Columns(call.programme), world.random
    rows, seen = [], set[str]()
    units = random.choices(world.units, world.weights, k=number)
    for unit in units:
        field = random.choice(list(DISCIPLINES))
        words = random.sample(DISCIPLINES[field].split(), 2)
        title = f"{random.choice(PLACES)}{words[0]}与{words[1]}{random.choice(MATTERS)}研究"
        title = title if title not in seen else f"{title}（{len(rows)}）"
        seen.add(title)
        cells = {
            columns.code: unit.code, columns.lead: world.name(), columns.employer: unit.name,
            **{h: value_of(asked, title, field, words, random)
               for h, asked in columns.fields.items()},
            **dict.fromkeys(columns.roles, f"{world.name()} | {unit.name} | 讲师"),
        }  # fmt: skip
        rows.append([cells.get(heading, "") for heading in columns.headings])
    return write_xlsx(columns.headings, rows, title="申报")


def value_of(asked: Any, title: str, field: str, words: list[str], random: Random) -> Any:
    """Something for a field of the form, as it is typed in a sheet."""
    if asked.use == "title":
        return title
    if asked.use == "discipline":
        return field
    if asked.use == "keywords":
        return "、".join(words)
    match asked.kind:
        case "choice":
            return str(random.choice(asked.choices).name)
        case "boolean":
            return "是"
        case "date":
            return "2025-06-30"
        case "number":
            return "12.5"
        case "paragraphs" | "rich":
            return f"讨论{'、'.join(words)}。" + "".join(random.sample(SENTENCES, 3))
        case "text":
            return "云川学刊"
    return ""


def reviewers_sheet(world: World, number: int) -> bytes:
    """Reviewers with two disciplines each, a third of them from outside the city."""
    from sheke.core.tables import write_xlsx

    random, rows = world.random, []
    for n in range(number):
        fields = random.sample(list(DISCIPLINES), 2)
        words = [word for field in fields for word in random.sample(DISCIPLINES[field].split(), 2)]
        employer = "省社会科学院" if n % 3 == 0 else random.choice(world.units).name
        rows.append([world.name(), employer, "、".join(fields), "、".join(words), f"139{n:08}"])
    return write_xlsx(["姓名", "工作单位", "学科", "研究方向", "手机"], rows)
