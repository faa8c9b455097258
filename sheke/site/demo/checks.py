"""A check of copied passages to look at: a draft that took half of a holding, in other characters."""

from __future__ import annotations

from opencc import OpenCC

from sheke.directory.models import Account
from sheke.library.actions.checks import finish_check, start_check
from sheke.library.models import Check, File
from sheke.library.passages.holdings import texts_of
from sheke.library.passages.performing import perform

from .organisations import Tree

OWN = (
    "本课题讨论地方文献怎样进入日常生活。课题组在四个县区走访了十一所图书馆、两家旧书店和一处船民会馆，"
    "记下馆员、摊主和读者的说法，再与卷宗里的记载一一对照。"
)
END = "以上各点还只是初步的看法，调研记录和访谈整理稿都附在后面，供评审时查对。"


def make_checks(tree: Tree, by: Account) -> None:
    """The draft has the longest holding's first half in traditional characters, with a word changed."""
    texts = texts_of(
        list(File.objects.filter(fingerprint__isnull=False).values_list("pk", flat=True))
    )
    chosen = sorted((text for text in texts.values() if _is_chinese(text)), key=len)[-2:]
    if not chosen:
        return
    copied = [OpenCC("s2t").convert(text[: max(len(text) * 2 // 3, 60)]) for text in chosen]
    text = "\n".join([OWN, copied[-1].replace("、", "，"), OWN[:30], *copied[:-1], END])
    check = start_check(
        organisation=tree.root, title="地方文献与日常生活（申报书草稿）", text=text, by=by,
        origin=Check.Origin.PASTED, authors=["温叙白"],
    )  # fmt: skip
    finish_check(check=check, outcome=perform(check), by=by)


def _is_chinese(text: str) -> bool:
    return sum("\u4e00" <= c <= "\u9fff" for c in text) > len(text) / 2
