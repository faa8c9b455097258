"""The measure words, as data.

One line a word: the word, its class, and the continuations that show it is no measure word
here but the head of another word (场 in 场馆). A continuation is a regular expression without
groups. Classes:

strong    after any numeral and after a blank (举办xx场)
weak      after a numeral; after a blank only behind a verb or a word of reaching
place     units counted without a measure word (12县区): only after Arabic digits
duration  time that passes; see `judgement.py` for which are reported figures
single    words, strong or weak, that also count when the number is 一 (编印画册一本)
"""

import re
from dataclasses import dataclass

TABLE = """
人次 strong
人份 strong
人天 strong
场次 single
班次 strong
批次 strong
期次 strong
件次 strong
户次 strong
家次 strong
车次 strong
架次 strong
台次 strong
站次 strong
册次 strong
辆次 strong
艘次 strong
趟次 strong
例次 strong
条次 strong
人年 strong
篇次 strong
项次 strong
点次 strong
个百分点 strong
百分点 strong
课时 strong
学时 strong
学分 strong
课次 strong
整版 strong
专版 strong
专栏 weak
平方公里 strong
平方米 strong
立方米 strong
平米 strong
㎡ strong
公里 strong
千米 strong
公顷 strong
公斤 strong
平方千米 strong
海里 strong
厘米 strong
毫米 strong
毫升 strong
兆瓦时 strong
兆瓦 strong
欧元 strong
港元 strong
英镑 strong
摄氏度 strong
℃ strong
千克 strong
美元 strong
场 single 馆|所|地|景|镇|部|域|外|上|合|面(?!向)|内(?!部)
次 single 要|序|元|日|年|生|数|级|第
期 single 间|末|待|望|限|货|满|盼|许|刊(?!物|发)
项 single 目(?!标)|链
篇 single 幅|章
条 strong 件|约|例|款|块|理|线
部 single 门|署|长|委|队|分|级|位|落|机关|主要|领导|属
本 single 科|市|县|区|届|级|土|地|报|次|年|单|校|质|领|职|身|着|人|院|会|省|月|周|期(?!刊)|就
册 single 子
家 single 长|庭|属|风|园|教|乡|访|政|国|训|喻|务|禽|具
名 strong 师(?!生)|人(?!员|士|才|大)|家(?!长)|称|义|誉|录|单|著|列|次|城|片|优|特|牌|声
人 strong 民|才(?!库)|社|文|均|选|类|事|心|口|居|体|力|格|间|气|防|寿|为|工(?!作)|大(?!专班|工作|巡|督)|生
位 strong 于|置|列|次|居|数|一体
个 strong 性|别|案|体
份 single 额
件 strong 套
支 strong 部|撑|持|付|教|援|出|农|行|点|前|一扶|队(?!伍)
批 strong 示|准|复|评|阅|注|改|文|量|发
轮 strong 值|训|番|岗|流
集 single 中|体|团|聚|市|合|成|训|群|结|约|镇|资
幅 strong 度
张 strong 贴
块 strong 状
套 strong 餐|路|用|牌
户 strong 外|籍|均|主
起 strong 草|到|来|步|点|源|诉|伏|义|初|因|飞|重|着|跑|航
届 strong 时|毕业|学生|学员|校友|新生
讲 strong 话|座|坛|台|师|述|好|课|解|义|堂|政|文|习|学|红
堂 strong 堂
节 strong 日|目|点|约|假|庆|能|水|气
门 strong 户|类|口|店|票|诊|前|槛
类 strong 型|别|似
种 strong 类|植|子
款 strong 项|待
字 strong 
元 strong 旦|素|宵|首|老
倍 strong 
幢 strong 
栋 strong 
座 weak,single 谈|位|落|右|次|椅
辆 strong 
架 strong 构|设
艘 strong 
枚 strong 
株 strong 
棵 strong 
盏 strong 
尊 weak 重|敬|师
亩 strong 
吨 strong 
斤 strong 
米 strong 粉|饭|面
票 strong 
席 weak 位
桌 weak 面
趟 strong 
遍 strong 布|及|地
宗 weak 教|旨
桩 strong 
例 strong 如|会|行|外|子
段 weak 落
句 strong 
题 strong 目|材|为|写
页 strong 面
卷 weak 入|烟
辑 strong 
首 weak 届|次|批|个|府|都|家|创|发|先|位|要|席|选|页|任
曲 weak 艺|线
则 weak 是|由|进
道 weak 德|路|理|教|歉|具|地
台 weak,single 账|湾|阶|词|风|式|上|下|胞|办
所 weak,single 有|在|以(?!上|下|内)|属|需|长|谓|得|作|示|涉|述|做|辖|内
处 weak,single 于|理|置|长|级|室|罚|分|在|方|所
站 weak 点|在|位|长|稳|立|上|台
组 weak 织|长|成|建|合|员|团|委
排 weak 名|查|列|练|序|头
层 weak 面|级|次
间 weak,single 接|隔|断
面 weak 向|积|对|临|上|试|貌|议|授|商|临|前
片 weak 区|面|段|长
颗 strong 
根 weak 据|本|植|基
双 weak 方|向|一流|创|减|拥|百|语|重|边|招|随|千|万
对 weak 接|标|外|口|于|比|照|象|策|话|全|市|各|我|重|党|其|群|基
只 weak 有|是|要|能|为|争
头 weak 版|条|脑|部|号
匹 strong 配
分 weak 别|之|析|为|散|布|管|行|工|类|层|众|享|批|会|局|级|队|支|期|院|部|公|子|解|组|头|流|年|数|中|明|配|发|片|区|校|馆|阶|领|赴|步
成 weak 立|员|果|功|效|为|就|本|长|绩|都|型|人|熟|年|千|百|品|了|交|语|才|因|份
日次 strong
通 weak 过|知|报|讯|道|车|行|用|常|告|联|信|航|电|关|识|畅|俗|达
单 weak 位|元|一|个|独|项|纯|调|篇|条|件|月|日|次|价|体|场|词|身|设|向|方|人|品|列|选
笔 strong 记|试|者|墨|画|会|谈|名
封 strong
副 weak 主|书|部|市|县|区|会|院|校|教|理|局|处|科|总|职|省|高|秘
瓶 strong
包 weak 括|含|装|容|裹|机|户|抓|村|联|保|片|案|干|办|车
顶 strong 层|尖|级|部|岗|格|点
叶 weak 片|子
里 weak 面|程|约
克 strong 服|隆
升 weak 级|学|至|到|为|格|旗|温|华|值|降
度 weak 过|假|量|电站
盆 strong 景
束 weak 缚
朵 strong
粒 strong
杯 weak 赛
碗 strong
罐 strong 头
捆 strong
筐 strong
床 weak 位|铺
扇 strong
股 weak 东|份|权|级|长|室|票|市
圈 weak 子|层
箱 strong
盒 strong
袋 strong
桶 strong
车 weak 间|辆|站|位|队|展
班 weak 子|主|组|级|长
队 weak 伍|员|长|列
口 weak 号|径|岸|袋|碑|头|述
帧 strong
列 weak 为|入|席|车|出|举|表|队
公顷 strong
千瓦时 strong
千瓦 strong
km2 strong
km² strong
km strong
Km strong
KM strong
m2 strong
m² strong
kg strong
GB strong
TB strong
MB strong
省 place 级|委|市|内|外|直|份|会|里|社|政|属|部|厅|图|科|教
市 place 场|级|民|委|直|县|区|属
区 place 域|位|块|级|委|直|划|间|属|内|长|社|政|分
部门 place
单位 place
县区 place
区县 place
县市区 place
县市 place
市州 place
镇街 place
乡镇 place
街道 place
社区 place
学会 place
基地 place
高校 place
学校 place
学院 place
大类 place
小类 place
大项 place
小项 place
国 place 家|际|内|外|有|企|道|产|旗|庆|人|防|土|策|资|优|学|考|标|字
金 place 融|额|属|秋|牌|点|山|湾|华|阳|融|风|银
银 place 行|川|杏|龄|河
铜 place 陵|仁|像|川
县 place 道|城|级|域|委|直|乡
镇 place 级|区|域
乡 place 村|亲|土|贤
村 place 级|委|民|干|居|镇|B|超
校 place 园|级|内|外|区|长|友|庆|本
年半 duration
年多 duration
年 duration 
个月 duration 
个多月 duration 
个半月 duration 
个半小时 duration 
个小时 duration 
个多小时 duration 
个星期 duration 
个工作日 duration 
工作日 duration 
小时 duration 代
分钟 duration 
秒 duration 杀
天 duration 下|然|津|气|地|候|空|生|河|文|元
周 duration 年|边|岁|期|末|围|密|全|恩|到|一|二|三|四|五|六|日
岁 duration 月
学期 duration
季 duration 度|节
夜 duration 校|间|市|读|景
"""

# Second measure words given as an alternative: 17件（次）, 137篇（条）.
ALTERNATIVE = "次件条篇个人场项名册部家位起套批幅张期"


# 8月1日起草, 2021元旦: here digits do not vouch for the word behind them.
_CAREFUL = frozenset("起元讲节")


@dataclass(frozen=True, slots=True)
class Measure:
    word: str
    kind: str
    not_before: re.Pattern[str] | None
    single: bool

    def fits(self, text: str, end: int, digits: bool = False) -> bool:
        """Whether the text after `end` leaves this a measure word.

        Behind Arabic digits a strong word needs no such care: 593家国家级企业.
        """
        if digits and self.kind == "strong" and self.word not in _CAREFUL:
            return True
        return self.not_before is None or self.not_before.match(text, end) is None


def _read(line: str) -> Measure:
    word, kind, *rest = line.split(maxsplit=2)
    pattern = re.compile(rest[0]) if rest else None
    kind, _, single = kind.rpartition(",") if "," in kind else (kind, "", kind)
    return Measure(word, "strong" if kind == "single" else kind, pattern, single == "single")


MEASURES: dict[str, Measure] = {
    measure.word: measure for measure in map(_read, filter(None, TABLE.splitlines()))
}
LONGEST = max(map(len, MEASURES))


def measure_at(text: str, start: int, digits: bool = False) -> Measure | None:
    """The longest measure word that begins at `start`; `digits` says what stands before it."""
    for length in range(LONGEST, 0, -1):
        measure = MEASURES.get(text[start : start + length])
        if measure is not None and measure.fits(text, start + length, digits):
            return measure
    return None
