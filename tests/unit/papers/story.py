"""A delegation as it comes: people of two sides, days, points of the programme, meetings, MoUs, actions; in any language.

The hostile workspaces are the same story told with other words (``Telling``): very long, in one language only, with
emoji and text that runs from right to left, with sixty people and forty points a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, HanName, Money, PartialDate, PersonName, Quantity, Refs, When
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import TextType
from ucapdesk.services import Desk
from ucapdesk.store.save import Save

PEOPLE_A = (
    ("Li", "Mingyu", "李", "明宇", "Mayor", "市长", "mayor", "mr"),
    ("Chen", "Yan", "陈", "燕", "Director", "主任", "drc_director", "ms"),
    ("Wu", "Wenneng", "", "", "Division Director", "处长", "division_director", "mr"),
    ("Zhang", "Wei", "张", "伟", "Officer", "职员", "officer", "mr"),
)
PEOPLE_B = (
    ("Gándara", "Pablo", "", "巴勃罗·甘达拉", "Deputy Mayor", "副市长", "deputy_mayor", "mr"),
    (
        "Stollar",
        "Bettina",
        "",
        "贝蒂娜·斯托拉尔",
        "Head of International Relations",
        "国际关系部门负责人",
        "head_international",
        "ms",
    ),
    ("Żółkowski", "Łukasz", "", "", "Project Manager", "项目经理", "project_manager", "mr"),
)
DAYS = ("2026-11-23", "2026-11-24", "2026-11-25")
ITEMS = (
    ("09:00", "09:45", "meeting", "Courtesy call on the Mayor", "礼节性拜会市长"),
    ("10:00", "12:00", "meeting", "Talks on hydrogen buses", "氢能公交会谈"),
    ("12:30", "14:00", "meal", "Working lunch", "工作午餐"),
    ("14:30", "16:30", "site_visit", "Visit to the bus depot in Liudong New District", "考察柳东新区公交场站"),
    ("18:30", "20:30", "banquet", "Dinner given by the Mayor", "市长宴请"),
)


@dataclass(frozen=True)
class Telling:
    """How the story is told.

    Attributes:
        languages: Those its texts are in.
        longer: Added to names and titles, in English and Chinese.
        strange: Added to notes and long texts.
        people: Additional people on either side.
        items: Points of the programme each day.
        minutes: Entries of the minutes.
    """

    languages: tuple[str, ...] = ("en", "zh")
    longer: tuple[str, str] = ("", "")
    strange: str = ""
    people: int = 0
    items: int = 5
    minutes: int = 4

    def say(self, en: str, zh: str) -> Bilingual:
        """A title or a name."""
        return self._in(en + self.longer[0], zh + self.longer[1])

    def tell(self, en: str, zh: str) -> Bilingual:
        """A long text."""
        return self._in(f"{en} {self.strange}".strip(), zh + self.strange)

    def _in(self, en: str, zh: str) -> Bilingual:
        return Bilingual({lang: text for lang, text in (("en", en), ("zh", zh)) if lang in self.languages})


@dataclass
class Story:
    """What was made, by its ids."""

    ids: dict[str, list[str]] = field(default_factory=dict)

    def one(self, kind: str) -> str:
        """The first record of a kind."""
        return self.ids[kind][0]


def tell(desk: Desk, telling: Telling = Telling()) -> Story:
    """Make everything in one save."""
    with desk.save(["sample.make", {}]) as work:
        return _Teller(work, telling).tell()


class _Teller:
    def __init__(self, work: Save, telling: Telling) -> None:
        self.work, self.t, self.story = work, telling, Story()

    def new(self, kind: str, **values: Any) -> str:
        known = {**self._internal(kind), **{name: value for name, value in values.items() if value is not None}}
        id_ = str(self.work.new(KINDS[kind].cls, **known).id)
        self.story.ids.setdefault(kind, []).append(id_)
        return id_

    def _internal(self, kind: str) -> dict[str, Any]:
        """Every text that is not for everybody, with a marker word in it."""
        found: dict[str, Any] = {}
        for name, field_ in KINDS[kind].fields.items():
            meta = field_.meta
            if not meta.internal or meta.local or meta.codes or meta.kinds or meta.audience == "kitchen":
                continue
            marked = f"MARKED {name.replace('_', ' ')}"
            if isinstance(field_.type, BilingualType):
                found[name] = self.t.tell(marked, marked)
            elif isinstance(field_.type, TextType) and not meta.shape:
                found[name] = marked
        return found

    def tell(self) -> Story:
        """Everything, each kind after those it leads to."""
        self._places()
        self._people()
        self._visit()
        self._meeting()
        self._days()
        self._agreement()
        self._actions()
        return self.story

    def _places(self) -> None:
        say = self.t.say
        country = self.new("country", alpha2="CN", name=say("China", "中国"))
        hospital = {"type": "hospital", "name": say("Liuzhou People's Hospital", "柳州市人民医院"), "phone": "+86 772 266 2222",
                    "address": say("8 Wenchang Road, Liuzhou", "柳州市文昌路8号")}  # fmt: skip
        self.city = self.new("place", type="city", name=say("Liuzhou", "柳州"), time_zone="Asia/Shanghai", country=country,
                             population=Quantity("4000000", "about"))  # fmt: skip
        self.far = self.new("place", type="city", name=say("Granada", "格拉纳达"), time_zone="Europe/Madrid")
        self.hall = self.new("place", type="venue", name=say("Liuzhou City Hall", "柳州市人民政府"),
                             address=say("66 Sanzhong Road, Chengzhong District, Liuzhou", "柳州市城中区三中路66号"),
                             phone="+86 772 282 6800")  # fmt: skip
        self.hotel = self.new("place", type="hotel", name=say("Liuzhou Hotel", "柳州饭店"), phone="+86 772 282 8336",
                              address=say("1 Youyi Road, Liuzhou", "柳州市友谊路1号"),
                              hospital=self.new("place", **hospital))  # fmt: skip
        programme = self.new(
            "programme", code="IURC", name=say("International Urban and Regional Cooperation", "国际城市及区域合作项目")
        )
        self.new("glossary_term", term=say("hydrogen bus", "氢能公交车"))
        self.new("template", type="letter", name=say("Invitation", "邀请函"))
        self.ucap = self.new("ucap", title=say("Liuzhou – Granada", "柳州 – 格拉纳达"), reference="UCAP-LZ-GR", status="active",
                             reported_mou_count=2, programme=programme)  # fmt: skip
        for code, en, zh in (("A", "Liuzhou", "柳州"), ("B", "Granada", "格拉纳达")):
            side = self.work.new(KINDS["ucap_side"].cls, owner=self.ucap, side=code, label_text=say(en, zh))
            self.story.ids.setdefault("ucap_side", []).append(str(side.id))
        self.theme = self.new("theme", owner=self.ucap, name=say("Hydrogen buses", "氢能公交"),
                              sdgs=Codes(["11", "7"]), partnerships=Codes(["urban_mobility"]))  # fmt: skip
        self.project = self.new("pilot_project", ucap=self.ucap, themes=Refs([self.theme]), status="scoping",
                                title=say("Hydrogen line 1", "氢能一号线"))  # fmt: skip

    def _people(self) -> None:
        say = self.t.say
        self.sides: dict[str, list[str]] = {"A": [], "B": []}
        offices = {
            "A": self.new("organisation", name=say("Liuzhou Municipal People's Government", "柳州市人民政府"),
                          place=self.city, address=say("66 Sanzhong Road, Liuzhou", "柳州市三中路66号")),
            "B": self.new("organisation", name=say("City of Granada", "格拉纳达市政府"), place=self.far,
                          address=say("Plaza del Carmen, Granada", "格拉纳达市卡门广场")),
        }  # fmt: skip
        for side, known in (("A", PEOPLE_A), ("B", PEOPLE_B)):
            more = tuple(
                (f"Name{n}", f"Given{n}", "", "", "Expert", "专家", "expert", None) for n in range(self.t.people)
            )
            for family, given, han, rest, en, zh, code, salutation in (*known, *more):
                self.sides[side].append(self._person(side, (family, given, han, rest), salutation))
                self.new("affiliation", owner=self.sides[side][-1], organisation=offices[side], post=say(en, zh),
                         post_code=code, main=True)  # fmt: skip
        self.offices = offices
        self.new(
            "contact_role", owner=self.ucap, person=self.sides["B"][1], role="city_contact", side="B", place=self.far
        )

    def _person(self, side: str, name: tuple[str, str, str, str], salutation: str | None) -> str:
        family, given, han, rest = name
        zh = "zh" in self.t.languages
        return self.new(
            "person", name=PersonName(family + self.t.longer[0], given, "family_first" if side == "A" else "given_first"),
            name_han=HanName(han + self.t.longer[1], rest) if han and zh else None, salutation=salutation,
            name_phonetic=Bilingual(zh=rest + self.t.longer[1]) if rest and not han and zh else None,
            email=f"{given}@example.org".lower(), phone="+86 772 282 1234", surname_capitals=side == "A",
            place=self.city if side == "A" else self.far, mobile="MARKED +34 600 000 000", diet=Codes(["vegetarian"]),
            allergies="peanuts", habits="MARKED smokes", bio=self.t.tell("Works on buses.", "从事公交工作。"), spoken=Codes(["en"]),
        )  # fmt: skip

    def _visit(self) -> None:
        say, tell = self.t.say, self.t.tell
        embassy = self.new("organisation", type="diplomatic", phone="+86 20 3892 7185", place=self.city,
                           name=say("Consulate General of Spain in Guangzhou", "西班牙驻广州总领事馆"),
                           address=say("101 Tianhe Road, Guangzhou", "广州市天河路101号"))  # fmt: skip
        self.visit = self.new(
            "visit", title=say("Granada delegation to Liuzhou", "格拉纳达代表团访问柳州"), ucaps=Refs([self.ucap]),
            dates=PartialDate(f"{DAYS[0]}/{DAYS[-1]}"), status="confirmed", travelling_side="B", time_zone="Asia/Shanghai",
            host_places=Refs([self.city]), purpose=tell("To sign the MoU on hydrogen buses.", "签署氢能公交谅解备忘录。"),
            objectives=tell("Agree on the first line.\nName contacts.", "商定首条线路。\n指定联系人。"), head=self.sides["B"][0],
            delegation_name=say("Delegation of the City of Granada", "格拉纳达市代表团"), invited_by=self.offices["A"],
            hotels=Refs([self.hotel]), coordinator=self.sides["B"][1], host_coordinator=self.sides["A"][3],
            key_messages=tell("MARKED key message", "MARKED要点"), approval_number="MARKED-7",
            budget=Money("4000", "EUR"), report=tell("A good visit.", "访问圆满。"),
            outcomes=tell("One MoU signed.", "签署一份备忘录。"), vehicles=tell("Bus 桂B·12345", "大巴 桂B·12345"),
            luggage=tell("Two pieces each; labels in the folder.", "每人两件；行李牌在文件袋内。"), duty_phone="+86 772 282 8000",
            internet=tell("SIM cards at the airport.", "机场发放手机卡。"), medical=tell("A doctor travels along.", "随团医生一名。"),
            embassies=Refs([embassy]),
        )  # fmt: skip
        self.legs = [
            self.new("transport_leg", owner=self.visit, mode="flight", number="IB 6887", seats=12, booking="MARKED booking",
                     departs_from=say("Madrid", "马德里"), arrives_at=say("Shanghai", "上海"), driver="MARKED driver",
                     when=When("2026-11-22", "11:55", "07:20", "2026-11-23", "Europe/Madrid", "Asia/Shanghai")),
            self.new("transport_leg", owner=self.visit, mode="coach", number="桂B·12345", seats=20,
                     departs_from=say("Airport", "机场"), arrives_at=say("Hotel", "酒店"),
                     when=When(DAYS[0], "12:00", "12:40", tz="Asia/Shanghai")),
        ]  # fmt: skip
        self._take_part(self.visit)
        self.new(
            "gift",
            owner=self.visit,
            direction="given",
            item=say("Ceramic plate", "陶瓷盘"),
            to_person=self.sides["A"][0],
        )

    def _take_part(self, owner: str) -> None:
        roles = {0: ("host", "head"), 2: ("delegate", "interpreter"), 3: ("interpreter", None)}
        for side, people in self.sides.items():
            for n, person in enumerate(people):
                role = roles.get(n, ("delegate", "delegate"))[0 if side == "A" else 1]
                extra: dict[str, Any] = {}
                if owner == self.visit and side == "B":
                    extra = {"arrival": self.legs[0], "room": str(801 + n)}
                self.new("participation", owner=owner, person=person, side=side, role=role, attendance="attended",
                         remarks=self.t.tell("MARKED remark", "MARKED备注"), **extra)  # fmt: skip
        self.new("participation", owner=owner, free_name=self.t.say("Photographer", "摄影师"), side="A", role="press")

    def _meeting(self) -> None:
        say, tell = self.t.say, self.t.tell
        self.meeting = self.new(
            "meeting", title=say("Talks on hydrogen buses", "氢能公交会谈"), ucap=self.ucap, visit=self.visit, type="talks",
            when=When(DAYS[1], "10:00", "12:00", tz="Asia/Shanghai"), status="held", mode="in_person", ordinal=3,
            places=Refs([self.hall]), room="301", chair_a=self.sides["A"][0], chair_b=self.sides["B"][0],
            objectives=tell("Agree on the line.", "商定线路。"), lines_to_take=tell("MARKED line", "MARKED口径"),
            summary=tell("Both sides agreed.", "双方达成一致。"), online_link="https://example.org/MARKED",
        )  # fmt: skip
        self._take_part(self.meeting)
        agenda = [
            self.new("agenda_item", owner=self.meeting, title=say(en, zh), type=code, starts=start, minutes=30,
                     speakers=Refs([self.sides["A"][0]]), internal=internal or None)
            for en, zh, code, start, internal in (
                ("Opening", "开场", "opening", "10:00", False), ("Routes and depots", "线路与场站", "discussion", "10:15", False),
                ("MARKED red lines", "MARKED底线", "discussion", "11:00", True), ("Closing", "结束", "closing", "11:45", False))
        ]  # fmt: skip
        kinds = ("information", "discussion", "decision", "commitment", "open_question")
        for n in range(self.t.minutes):
            self.new("minute_entry", owner=self.meeting, type=kinds[n % 5], agenda_item=agenda[(0, 1, 1, 3)[n % 4]], side="A",
                     text=tell(f"Entry {n}: the buses run from the depot to the hotel every 15 minutes.",
                               f"第{n}条：公交车每15分钟从场站发往酒店。"))  # fmt: skip

    def _days(self) -> None:
        say, tell = self.t.say, self.t.tell
        for n, day in enumerate(DAYS):
            self.new("itinerary_day", owner=self.visit, date=day, title=say(f"Day {n + 1}", f"第{n + 1}天"), place=self.city,
                     dress="business_formal", hotel=self.hotel if n < len(DAYS) - 1 else None, coordinator=self.sides["A"][3])  # fmt: skip
            for k in range(self.t.items):
                last = n == len(DAYS) - 1 and k == 4
                start, end, kind, en, zh = ITEMS[k % len(ITEMS)]
                if self.t.items > len(ITEMS):
                    start, end = f"{6 + k // 3:02}:{k % 3 * 20:02}", f"{6 + k // 3:02}:{k % 3 * 20 + 15:02}"
                item = self.new(
                    "itinerary_item", owner=self.visit, when=When(day, start, end, tz="Asia/Shanghai"), type=kind,
                    title=say(en, zh), place=self.hall if k % 2 else None, room="301" if k == 1 else None,
                    meeting=self.meeting if k == 1 and n == 1 else None, transport=self.legs[1] if k == 3 else None,
                    host_lead=self.sides["A"][1], our_lead=self.sides["B"][1], interpreter=self.sides["A"][2],
                    internal_note=tell("MARKED note", "MARKED内部"), public=k == 3 or None, confirmed=k != 2,
                    bring=say("Helmet", "安全帽") if k == 3 else None, menu=tell("Fish, rice", "鱼、米饭") if kind == "meal" else None,
                    plan_b=tell("If it rains: museum", "如遇下雨：博物馆") if k == 3 else None,
                )  # fmt: skip
                if last:
                    self.new("participation", owner=item, person=self.sides["B"][0], side="B", role="head")
            self.new("itinerary_item", owner=self.visit, when=When(day, "22:00", None, tz="Asia/Shanghai"), type="internal",
                     title=say("MARKED internal briefing", "MARKED内部碰头会"))  # fmt: skip

    def _agreement(self) -> None:
        say, tell = self.t.say, self.t.tell
        for n, (status, signed) in enumerate((("ready_to_sign", None), ("in_force", "2025-05"), ("drafting", None))):
            id_ = self.new(
                "agreement", reference=f"M-00{n + 1}", ucap=self.ucap, type="mou", status=status, themes=Refs([self.theme]),
                title=say("MoU on hydrogen buses", "关于氢能公交的谅解备忘录"), signed=PartialDate(signed) if signed else None,
                subject=tell("Hydrogen buses on line 1.", "一号线氢能公交。"), term_months=36, authentic_text="equal",
                originals=say("two in each language", "中英文各一式两份"), signing_planned=PartialDate(DAYS[1]),
                signing_place=self.hall, signing_meeting=self.meeting, archive="MARKED cupboard",
                status_note=tell("MARKED status", "MARKED状态"), text=tell("The parties agree.\nArticle 1", "双方商定。\n第一条"),
                responsible=self.sides["A"][1], ceremony=tell("Entry\nSigning\nExchange", "入场\n签字\n换文"),
            )  # fmt: skip
            for side in ("A", "B"):
                party = self.new("agreement_party", owner=id_, organisation=self.offices[side], side=side, role="party",
                                 represented_by=self.sides[side][0])  # fmt: skip
                self.new("signatory", owner=id_, party=party, person=self.sides[side][0], role="signatory")
                self.new("signatory", owner=id_, party=party, person=self.sides[side][1], role="assistant")
            self.new(
                "obligation", owner=id_, text=tell("Name a contact", "指定联系人"), side="A", due=PartialDate("2026-12")
            )

    def _actions(self) -> None:
        for n, (status, due) in enumerate(
            (("open", "2026-12-15"), ("done", "2026-11"), ("blocked", "2026-10-01"), (None, None))
        ):
            self.new("action_item", owner=self.meeting, text=self.t.tell(f"Send the data, part {n}", f"发送数据第{n}部分"),
                     person=self.sides["AB"[n % 2]][1], side="AB"[n % 2], status=status,
                     due=PartialDate(due) if due else None)  # fmt: skip
