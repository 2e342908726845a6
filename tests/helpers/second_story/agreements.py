"""The agreements of the second story: one of three parties to be signed, one in force, one to be given notice of, one late."""

from __future__ import annotations

from tests.helpers.second_story.teller import Teller, both
from tests.helpers.second_story.visit import DAYS
from ucapdesk.model.values import PartialDate, Refs

EN = """The City of Zhengzhou (People's Republic of China), the City of Łódź (Republic of Poland) and the Municipality of Thessaloniki (Hellenic Republic), hereinafter “the Parties”,
Article 1 – Aim
The Parties shall cooperate on sponge-city technology and green rail freight, on the basis of equality and mutual benefit.
Article 2 – Areas
(a) Storage and use of storm water; (b) detection of leaks in water networks; (c) return loads for the China–Europe Railway Express.
Article 3 – Work plan
The Parties shall draw up a work plan for 2027–2029 within 60 days of signature, and review it every year.
Article 4 – Costs
Each Party bears its own costs unless the Parties agree otherwise in writing. This Memorandum creates no financial obligation.
Article 5 – Entry into force
This Memorandum takes effect on the day of the last signature and remains valid for three years. It is renewed for a further three years unless a Party gives notice in writing 90 days before it expires.
Done at Zhengzhou on 14 April 2027 in three originals, each in the English and Chinese languages, all texts being equally authentic."""
ZH = """郑州市（中华人民共和国）、罗兹市（波兰共和国）与塞萨洛尼基市（希腊共和国），以下简称“各方”，
第一条 宗旨
各方在平等互利的基础上，在海绵城市技术和绿色铁路货运领域开展合作。
第二条 合作领域
（一）雨洪调蓄与利用；（二）供水管网漏损检测；（三）中欧班列回程货源组织。
第三条 工作计划
各方应自签署之日起60日内制定2027—2029年工作计划，并每年进行评估。
第四条 费用
除各方另有书面约定外，各自承担费用。本备忘录不产生任何财务义务。
第五条 生效
本备忘录自最后一方签署之日起生效，有效期三年。期满前90日如无任何一方书面提出异议，自动延长三年。
本备忘录于2027年4月14日在郑州签署，一式三份，每份均用中文和英文写成，两种文本同等作准。"""


def tell(t: Teller) -> None:
    _mou(t)
    _others(t)


def _mou(t: Teller) -> None:
    mou = t.new(
        "agreement", "mou", reference="MoU-ZZ-LO-TH-2027-01", ucap=t["ucap"], type="mou", status="ready_to_sign",
        themes=Refs(t.all("water", "freight")), projects=Refs([t["twin"]]), text=both(EN, ZH), term_months=36,
        title=both(
            "Memorandum of Understanding between Zhengzhou, Łódź and Thessaloniki on Sponge-City Technology and Green Rail Freight",
            "郑州市、罗兹市与塞萨洛尼基市关于海绵城市技术与绿色铁路货运合作的谅解备忘录",
        ),
        subject=both(
            "Cooperation of the three cities on storm-water storage, leak detection and rail freight.",
            "三市在雨洪调蓄、漏损检测和铁路货运领域开展合作。",
        ),
        areas=both(
            "Storm water\nLeak detection\nReturn loads for the China–Europe Railway Express", "雨洪调蓄\n漏损检测\n中欧班列回程货源"
        ),
        authentic_text="equal", legal_force="non_binding", renewal="automatic", notice_days=90, responsible=t["maria"],
        originals=both("three, each in English and Chinese", "一式三份，每份均用中英文写成"), signing_planned=PartialDate(DAYS[2]),
        signing_place=t["reception hall"], signing_meeting=t["signing"],
        ceremony=both(
            "Guests take their places\nIntroduction of those present\nSigning\nExchange of the folders\nGroup photo, toast",
            "嘉宾就位\n介绍来宾\n签字\n交换文本\n合影、祝酒",
        ),
    )  # fmt: skip
    for office, side, signs, assists in (
        ("city government", "A", "gong", "chen"),
        ("łódź office", "B", "bożena", "wąsik"),
        ("thessaloniki office", "B", "eleftheria", "chatzigeorgiou"),
    ):
        party = t.new(
            "agreement_party", owner=mou, organisation=t[office], side=side, role="party", represented_by=t[signs]
        )
        t.new("signatory", owner=mou, party=party, person=t[signs], role="signatory", place=t["reception hall"])
        t.new("signatory", owner=mou, party=party, person=t[assists], role="assistant")
    t.new(
        "obligation",
        owner=mou,
        text=both("Draw up the work plan", "制定工作计划"),
        side="A",
        due=PartialDate("2027-06-13"),
    )
    t.new("obligation", owner=mou, text=both("Receive 20 engineers for training"), side="B", due=PartialDate("2027-10"))


def _others(t: Teller) -> None:
    letter = t.new(
        "agreement", "letter of intent", reference="LoI-2026-02", ucap=t["ucap"], type="loi", status="in_force",
        title=both("Letter of intent on an exchange of engineers", "工程师交流意向书"), signed=PartialDate("2026-03-03"), term_months=24,
    )  # fmt: skip
    arrangement = t.new(
        "agreement", "arrangement", reference="Arr-2025-07", ucap=t["ucap"], type="framework", status="in_force", renewal="automatic",
        title=both("Arrangement on rail-freight data", "铁路货运数据合作安排"), signed=PartialDate("2025-07-20"), term_months=24,
        notice_days=60, responsible=t["maria"],
    )  # fmt: skip
    protocol = t.new(
        "agreement", "protocol", reference="Prot-2027-01", ucap=t["ucap"], type="protocol", status="approved",
        title=both("Protocol on shore power in the port"), signing_planned=PartialDate("2027-03-15"),
    )  # fmt: skip
    for owner, host, guest in (
        (letter, "water university", "łódź university"),
        (arrangement, "airport zone", "łódź office"),
        (protocol, "airport zone", "port"),
    ):
        for office, side in ((host, "A"), (guest, "B")):
            t.new("agreement_party", owner=owner, organisation=t[office], side=side, role="party")
