"""A desk as a coordinator has it after a year: invented people in real cities. Always the same.

Two UCAPs, seven cities, 24 organisations, 180 people, three visits (one of them running), 40 meetings, 60 actions and
14 MoUs, on Tuesday, 24 November 2026, 16:07.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, product
from pathlib import Path
from random import Random
from typing import Any

from tests.helpers.clock import FrozenClock
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, Refs, When
from ucapdesk.services import Desk
from ucapdesk.store.save import Save

NOW = datetime(2026, 11, 24, 16, 7, tzinfo=UTC)
TODAY = NOW.date()

CITIES = (
    ("Liuzhou", "柳州"), ("Bologna", "博洛尼亚"), ("Granada", "格拉纳达"), ("Barcelona", "巴塞罗那"),
    ("Rome", "罗马"), ("Mannheim", "曼海姆"), ("Ludwigsburg", "路德维希堡"),
)  # fmt: skip
ORGANISATIONS = (
    ("Hydrogen working group", "氢能工作组", "", "other"),
    ("Liuzhou Development and Reform Commission", "柳州市发展和改革委员会", "DRC", "municipality"),
    ("Liuzhou Foreign Affairs Office", "柳州市外事办公室", "FAO", "municipality"),
    ("Guangxi University of Science and Technology", "广西科技大学", "", "university"),
    ("Liuzhou Rail Transit", "柳州轨道交通", "", "company"),
)
OFFICES = (("Mayor's office", "市长办公室"), ("Department of mobility", "交通局"), ("Energy agency", "能源署"),
           ("University", "大学"), ("Chamber of commerce", "商会"))  # fmt: skip
KNOWN = (
    # family, given, Han family, Han given, organisation: those whom the journeys name
    ("Li", "Mingyu", "李", "明宇", 1), ("Chen", "Yan", "陈", "燕", 2), ("Zhang", "Wei", "张", "伟", 3),
    ("Martín", "Ana", "", "", 5), ("Rossi", "Marta", "", "", 9), ("Weber", "Jonas", "", "", 13),
    ("Ferrer", "Lucía", "", "", 14),
)  # fmt: skip
HAN = tuple(product(
    (("Wang", "王"), ("Liu", "刘"), ("Huang", "黄"), ("Wu", "吴"), ("Zhou", "周"), ("Qin", "覃"), ("Wei", "韦"), ("Mo", "莫")),
    (("Jing", "静"), ("Guohua", "国华"), ("Xiaomei", "晓梅"), ("Jianguo", "建国"), ("Lihua", "丽华"), ("Peng", "鹏"),
     ("Yating", "雅婷"), ("Haitao", "海涛"), ("Qing", "青"), ("Zhiyuan", "志远"), ("Fang", "芳"), ("Bo", "波")),
))  # fmt: skip
LATIN = tuple(product(
    ("Bianchi", "García", "Schneider", "Conti", "López", "Keller", "Ricci", "Navarro", "Braun"),
    ("Elena", "Marco", "Pilar", "Stefan", "Giulia", "Diego", "Karin", "Paolo", "Inés"),
))  # fmt: skip
THEMES = (
    ("Hydrogen buses", "氢能公交"), ("Smart mobility", "智慧出行"), ("Low-carbon district", "低碳城区"),
    ("Waste and recycling", "垃圾回收"), ("Digital heritage", "数字文化遗产"), ("Water quality", "水质"),
    ("Vocational training", "职业培训"), ("Green finance", "绿色金融"),
)  # fmt: skip
TALKS = (("round table", "圆桌会议"), ("expert talks", "专家会谈"), ("site visit", "考察"), ("steering group", "指导小组会议"),
         ("courtesy call", "礼节性拜会"))  # fmt: skip
TODO = (("Send the data schema", "发送数据格式"), ("Name a contact", "指定联系人"), ("Book the follow-up call", "预约后续通话"),
        ("Translate the annex", "翻译附件"), ("Confirm the hotel", "确认酒店"))  # fmt: skip
STATES = ("proposed", "drafting", "negotiation", "ready_to_sign", "signed", "in_force", "expired")


def make(path: Path, clock: FrozenClock) -> None:
    """Make the workspace in a folder, a few minutes before now, and close it."""
    clock.set(NOW - timedelta(hours=1))
    with Desk.create(path, name="Liuzhou", person="Ana", clock=clock) as desk:
        with desk.save(["sample.make", {}]) as work:
            _Seed(work).make()
        clock.set(NOW)


class _Seed:
    def __init__(self, work: Save) -> None:
        self._work, self._chance = work, Random(24)

    def _new(self, kind: str, **values: Any) -> str:
        return str(self._work.new(KINDS[kind].cls, **{k: v for k, v in values.items() if v is not None}).id)

    def make(self) -> None:
        """Everything, each kind after those it leads to."""
        for code, name in (
            ("IUC", "International Urban Cooperation"),
            ("IURC", "International Urban and Regional Cooperation"),
        ):
            self._new("programme", code=code, name=Bilingual(en=name))
        self.cities = [self._new("place", name=Bilingual(en=en, zh=zh), type="city") for en, zh in CITIES]
        self.organisations = list(self._make_organisations())
        self.people = list(self._make_people())
        self.ucaps = [
            self._new("ucap", reference=f"UCAP-{city.upper()}", title=Bilingual(en=f"Liuzhou – {city}", zh=f"柳州 – {zh}"), status="active")
            for city, zh in CITIES[1:3]
        ]  # fmt: skip
        self.visits = list(self._make_visits())
        self.meetings = list(self._make_meetings())
        self._make_actions()
        self._make_agreements()

    def _make_organisations(self) -> Iterator[str]:
        for en, zh, acronym, type_ in ORGANISATIONS:
            name = Bilingual(en=en, zh=zh)
            yield self._new("organisation", name=name, acronym=acronym or None, type=type_, place=self.cities[0])
        pairs = product(zip(CITIES[1:], self.cities[1:], strict=True), OFFICES)
        for ((city, han), id_), (en, zh) in list(pairs)[: 24 - len(ORGANISATIONS)]:
            name = Bilingual(en=f"{en} of {city}", zh=f"{han}{zh}")
            yield self._new("organisation", name=name, type="municipality", place=id_)

    def _make_people(self) -> Iterator[str]:
        for family, given, han, han_given, at in KNOWN:
            yield self._person(family, given, han, han_given, at)
        chinese = [(f, g, hf, hg) for (f, hf), (g, hg) in HAN]
        european = [(family, given, "", "") for family, given in LATIN]
        for number, names in enumerate((chinese + european)[: 180 - len(KNOWN)]):
            at = number % len(ORGANISATIONS) if names[2] else len(ORGANISATIONS) + number % 19
            yield self._person(*names, at)

    def _person(self, family: str, given: str, han: str, han_given: str, at: int) -> str:
        id_ = self._new(
            "person",
            name=PersonName(family, given, "family_first" if han else "given_first"),
            name_han=HanName(han, han_given) if han else None,
            email=f"{given}.{family}@example.org".lower(),
            place=self.cities[0] if han else self.cities[1 + at % 6],
        )
        self._new("affiliation", owner=id_, organisation=self.organisations[at],
                  post=Bilingual(en="Head of unit", zh="处长"), main=True)  # fmt: skip
        return id_

    def _make_visits(self) -> Iterator[str]:
        for (en, zh), first, status in (
            (("Delegation from Bologna", "博洛尼亚代表团访问"), TODAY - timedelta(days=1), "in_progress"),
            (("Delegation from Granada", "格拉纳达代表团访问"), TODAY + timedelta(days=70), "planned"),
            (("Study visit to Mannheim", "曼海姆考察"), TODAY - timedelta(days=200), "reported"),
        ):
            dates = PartialDate(f"{first.isoformat()}/{(first + timedelta(days=3)).isoformat()}")
            yield self._new("visit", title=Bilingual(en=en, zh=zh), dates=dates, status=status,
                            host_places=Refs([self.cities[0]]), head=self.people[3])  # fmt: skip

    def _make_meetings(self) -> Iterator[str]:
        both = zip(range(40), cycle(product(THEMES, TALKS)), strict=False)
        for number, ((theme, han), (talk, han_talk)) in both:
            day = TODAY + timedelta(days=[0, 1, 2][number % 3] if number < 8 else -7 * number)
            zh = f"{han}{han_talk}" if number not in (1, 4, 7, 9) else None
            hour = 9 + number % 8
            yield self._new(
                "meeting",
                title=Bilingual(en=f"{theme}: {talk}", **({"zh": zh} if zh else {})),
                when=When(date=day.isoformat(), start=f"{hour:02}:00", end=f"{hour + 1:02}:00", tz="Asia/Shanghai"),
                visit=self.visits[0] if number < 8 else None,
                ucap=self.ucaps[number % 2],
                status="held" if day < TODAY else "scheduled",
                places=Refs([self.cities[number % 7]]),
            )

    def _make_actions(self) -> None:
        for number, ((en, zh), (theme, han)) in zip(range(60), cycle(product(TODO, THEMES)), strict=False):
            due = TODAY + timedelta(days=number - 12)
            self._new(
                "action_item",
                owner=self.meetings[number % 40] if number % 5 else None,
                text=Bilingual(en=f"{en}: {theme}", zh=f"{zh}：{han}"),
                person=self.people[number % len(KNOWN)],
                due=PartialDate(due.isoformat()),
                status="open",
            )

    def _make_agreements(self) -> None:
        for number, (status, (theme, han)) in enumerate(zip(STATES * 2, cycle(THEMES), strict=False), 1):
            signed = date(2026, 1 + number % 9, 10) if status in {"signed", "in_force", "expired"} else None
            city, zh = CITIES[1 + number % 6]
            self._new(
                "agreement", reference=f"M-{number:03}", type="mou", status=status, ucap=self.ucaps[number % 2],
                title=Bilingual(en=f"{theme}: Liuzhou and {city}", zh=f"{han}：柳州与{zh}"),
                signed=PartialDate(signed.isoformat()) if signed else None,
            )  # fmt: skip
