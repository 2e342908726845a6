"""One fact, one answer: what window, command line, papers, calendars and sheets say of the second story is compared.

A line of ``FACTS`` is a fact and its words in each language; a surface that tells of it is asked by one expression. A surface
without an expression has no place for the fact: a sheet, which is taken in again, holds no zone that nobody entered.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from icalendar import Event
from PySide6.QtWidgets import QApplication

from tests.helpers.clock import FrozenClock
from tests.helpers.second_story import NOW, SecondStory
from tests.helpers.surfaces import Surfaces, tight
from ucapdesk.ui.shell.sections import HOME

LANGUAGES = ("en", "zh")
Ask = Callable[[Surfaces], str]


@dataclass(frozen=True)
class Fact:
    """A fact, its words in English and Chinese, and how each surface that tells of it is asked."""

    name: str
    en: str
    zh: str
    window: Ask | None = None
    command: Ask | None = None
    paper: Ask | None = None
    calendar: Ask | None = None
    sheet: Ask | None = None

    @property
    def surfaces(self) -> Mapping[str, Ask]:
        """Those that tell of it."""
        known = {each: getattr(self, each) for each in ("window", "command", "paper", "calendar", "sheet")}
        return {name: ask for name, ask in known.items() if ask is not None}


def day(on: Surfaces, at: date) -> str:
    """A day of a calendar as the other surfaces write it."""
    return f"{at.year}年{at.month}月{at.day}日" if on.lang == "zh" else f"{at.day} {at:%B} {at.year}"


def titled(on: Surfaces, kind: str, record: str, en: str, zh: str) -> Event:
    """The one event of a calendar whose title holds these words."""
    (found,) = [each for title, each in on.calendar(kind, record).items() if (zh if on.lang == "zh" else en) in title]
    return found


def event(on: Surfaces, kind: str, record: str, en: str, zh: str) -> dict[str, str]:
    """Its zone, days and hours."""
    found = titled(on, kind, record, en, zh)
    starts, ends = found.decoded("DTSTART"), found.decoded("DTEND")
    hours = isinstance(starts, datetime)
    return {
        "zone": str(found["DTSTART"].params.get("TZID", "")),
        "starts": day(on, starts),
        "ends": day(on, ends),
        "hours": f"{starts:%H:%M}–{ends:%H:%M}" if hours else "",
        "arrives": f"{ends:%H:%M} {found['DTEND'].params.get('TZID', '')}" if hours else "",
    }


def counted(paper: str) -> str:
    """The last number that begins a line of a paper in which lines are numbered."""
    return str(re.findall(r"(?m)^(\d+) \D", paper)[-1])


HAN_FAMILY = {"en": "Name in Chinese characters · family name", "zh": "汉字姓名 · 姓"}
HAN_GIVEN = {"en": "Name in Chinese characters · given name", "zh": "汉字姓名 · 名"}
TALKS = ("Talks on sponge-city", "海绵城市技术与绿色铁路货运合作会谈")
FACTS = (
    Fact(
        "the hours of a point", "09:30–12:00", "09:30–12:00",
        window=lambda on: on.window("talks"),
        command=lambda on: on.listed("itinerary_item", "talks"),
        paper=lambda on: on.paper("day_sheet", "visit", edition="hosts"),
        calendar=lambda on: event(on, "visit", "visit", *TALKS)["hours"],
        sheet=lambda on: on.sheet("itinerary_item", "talks")[{"en": "Date and time", "zh": "日期和时间"}[on.lang]],
    ),
    Fact(
        "the day and hour of an arrival", "05:55", "05:55",
        window=lambda on: on.window("flight of Łódź"),
        command=lambda on: on.listed("itinerary_item", "flight of Łódź"),
        paper=lambda on: on.paper("itinerary", "visit", edition="hosts"),
        calendar=lambda on: " ".join(event(on, "visit", "visit", "LO 91", "LO 91").values()),
        sheet=lambda on: " ".join(on.sheet("itinerary_item", "flight of Łódź").values()),
    ),
    Fact(
        "the day of an arrival", "12 April 2027", "2027年4月12日",
        command=lambda on: on.listed("itinerary_item", "flight of Łódź"),
        calendar=lambda on: event(on, "visit", "visit", "LO 91", "LO 91")["ends"],
        sheet=lambda on: " ".join(on.sheet("itinerary_item", "flight of Łódź").values()),
    ),
    Fact(
        "the zone of a point", "Beijing", "北京",
        window=lambda on: on.window("talks"),
        command=lambda on: on.listed("itinerary_item", "talks"),
        paper=lambda on: on.paper("day_sheet", "visit", edition="hosts"),
        calendar=lambda on: {"Asia/Shanghai": "Beijing 北京"}.get(event(on, "visit", "visit", *TALKS)["zone"], ""),
    ),
    Fact(
        "the status of a visit", "Confirmed", "已确认",
        window=lambda on: on.window("visit"),
        command=lambda on: on.listed("visit", "visit"),
        paper=lambda on: on.paper("visit_report", "visit", edition="hosts"),
        sheet=lambda on: " ".join(on.sheet("visit", "visit").values()),
    ),
    Fact(
        "the status of an MoU", "Ready for signature", "待签署",
        window=lambda on: on.window("mou"),
        command=lambda on: on.listed("agreement", "mou"),
        paper=lambda on: on.paper("mou_sheet", "mou"),
        sheet=lambda on: " ".join(on.sheet("agreement", "mou").values()),
    ),
    Fact(
        "an action that is late", "Confirm who signs for the Port Authority", "Confirm who signs for the Port Authority",
        paper=lambda on: on.paper("action_list", "first meeting"),
        calendar=lambda on: " ".join(on.calendar("action_item", "action blocked")),
    ),
    Fact(
        "the count of late actions", "1 action is overdue", "1项待办事项逾期",
        window=lambda on: on.window(HOME), command=lambda on: on.command("today"),
    ),
    Fact(
        "when an MoU ends", "3 March 2028", "2028年3月3日",
        window=lambda on: on.window("letter of intent"),
        command=lambda on: on.shown("letter of intent"),
        paper=lambda on: on.paper("mou_sheet", "letter of intent"),
        calendar=lambda on: event(on, "agreement", "letter of intent", "Expires", "到期")["starts"],
        sheet=lambda on: " ".join(on.sheet("agreement", "letter of intent").values()),
    ),
    Fact(
        "that notice must be given", "Notice period open", "处于通知期",
        window=lambda on: on.window("arrangement"),
        command=lambda on: on.shown("arrangement"),
        paper=lambda on: on.paper("mou_sheet", "arrangement"),
        sheet=lambda on: " ".join(on.sheet("agreement", "arrangement").values()),
    ),
    Fact(
        "the last day for notice", "21 May 2027", "2027年5月21日",
        window=lambda on: on.window("arrangement"),
        command=lambda on: on.shown("arrangement"),
        calendar=lambda on: event(on, "agreement", "arrangement", "notice", "通知")["starts"],
        sheet=lambda on: " ".join(on.sheet("agreement", "arrangement").values()),
    ),
    Fact(
        "that a signature is late", "Signature overdue", "签署逾期",
        window=lambda on: on.window("protocol"),
        command=lambda on: on.shown("protocol"),
        paper=lambda on: on.paper("mou_sheet", "protocol"),
        sheet=lambda on: " ".join(on.sheet("agreement", "protocol").values()),
    ),
    Fact(
        "the name of a side", "Łódź and Thessaloniki side", "罗兹、塞萨洛尼基方",
        window=lambda on: on.window("action open"),
        command=lambda on: on.shown("action open"),
    ),
    Fact(
        "the name of a side over a column", "Łódź and Thessaloniki", "罗兹、塞萨洛尼基",
        window=lambda on: on.window("side B"),
        command=lambda on: on.shown("side B"),
        paper=lambda on: on.paper("minutes", "meeting", edition="hosts"),
        sheet=lambda on: " ".join(on.sheet("ucap_side", "side B").values()),
    ),
    Fact(
        "the name of a side where there is little room", "European side", "欧方",
        command=lambda on: on.listed("action_item", "action open"),
        sheet=lambda on: " ".join(on.sheet("action_item", "action open").values()),
    ),
    Fact(
        "a name with a rare character", "𠮷文华", "𠮷文华",
        window=lambda on: on.window("ji"),
        command=lambda on: on.listed("person", "ji"),
        sheet=lambda on: on.sheet("person", "ji")[HAN_FAMILY[on.lang]] + on.sheet("person", "ji")[HAN_GIVEN[on.lang]],
    ),
    Fact(
        "that name on a card", "JI Wenhua", "𠮷文华", paper=lambda on: on.paper("place_cards", "visit"),
    ),
    Fact(
        "the Chinese name of a foreigner", "卢卡什·茹科夫斯基", "卢卡什·茹科夫斯基",
        window=lambda on: on.window("łukasz"),
        command=lambda on: on.listed("person", "łukasz"),
        paper=lambda on: on.paper("place_cards", "visit") if on.lang == "zh" else "卢卡什·茹科夫斯基",
    ),
    Fact(
        "what earlier meetings left open", "Confirm who signs for the Port Authority", "Confirm who signs for the Port Authority",
        window=lambda on: on.window("meeting"),
        paper=lambda on: on.paper("visit_pack", "visit"),
    ),
    Fact(
        "how many MoUs there are", "4 recorded", "已录入4份",
        window=lambda on: on.window("mou"),
        paper=lambda on: on.paper("dashboard_report", "ucap"),
    ),
    Fact(
        "how many travel, in words", "10 people in the delegation", "代表团10人",
        window=lambda on: on.window(HOME),
    ),
    Fact(
        "how many travel", "10", "10",
        window=lambda on: on.window("visit", "delegation"),
        paper=lambda on: counted(on.paper("delegation_list", "visit")),
    ),
    Fact(
        "the label of a country", "China", "中国",
        window=lambda on: on.window("zhengzhou"),
        command=lambda on: on.shown("zhengzhou"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("place", "zhengzhou").values()),
    ),
    Fact(
        "the official name of a city", "Zhengzhou", "郑州市",
        window=lambda on: on.window("zhengzhou"),
        command=lambda on: on.shown("zhengzhou"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("place", "zhengzhou").values()),
    ),
    Fact(
        "how many live in a city", "12,828,000", "1282.8万",
        window=lambda on: on.window("zhengzhou"),
        command=lambda on: on.shown("zhengzhou"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("place", "zhengzhou").values()),
    ),
    Fact(
        "how long a visit lasts", "12–15 April 2027", "2027年4月12日至15日",
        window=lambda on: on.window("visit", "details"),
        command=lambda on: on.listed("visit", "visit"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("visit", "visit").values()),
    ),
    Fact(
        "the hotel of the last night", "Zhengzhou East Station Hotel", "Zhengzhou East Station Hotel",
        window=lambda on: on.window("check-in"),
        command=lambda on: on.listed("itinerary_item", "check-in"),
        paper=lambda on: on.paper("hotel_list", "visit"),
        sheet=lambda on: " ".join(on.sheet("itinerary_item", "check-in").values()),
        calendar=lambda on: str(titled(on, "visit", "visit", "Check-in", "入住")["LOCATION"]),
    ),
    Fact(
        "the telephone to call", "+86 138 0371 6215", "+86 138 0371 6215",
        window=lambda on: on.window("visit", "details"),
        command=lambda on: on.shown("visit"),
        paper=lambda on: on.paper("pocket_card", "visit"),
        sheet=lambda on: " ".join(on.sheet("visit", "visit").values()),
    ),
    Fact(
        "what somebody cannot eat", "hazelnuts, walnuts", "hazelnuts, walnuts",
        window=lambda on: on.window("eleftheria"),
        command=lambda on: on.shown("eleftheria"),
        paper=lambda on: on.paper("catering_list", "visit"),
        sheet=lambda on: " ".join(on.sheet("person", "eleftheria").values()),
    ),
    Fact(
        "the third party of an MoU", "Municipality of Thessaloniki", "塞萨洛尼基市政府",
        window=lambda on: on.window("mou"),
        command=lambda on: on.shown("mou"),
        paper=lambda on: on.paper("signing_sheet", "mou"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def on(
    second_story_made: tuple[Path, SecondStory],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    qapp: QApplication,
) -> Surfaces:
    """The surfaces of the second story in one language."""
    folder, story = second_story_made
    copy = shutil.copytree(folder, tmp_path_factory.mktemp("facts") / "desk")
    return Surfaces(copy, story, request.param, FrozenClock(NOW), qapp)


@pytest.fixture(autouse=True)
def _six_days_before(computer_clock: FrozenClock) -> None:
    computer_clock.set(NOW)


@pytest.mark.parametrize(
    ("fact", "surface"),
    [(fact, name) for fact in FACTS for name in fact.surfaces],
    ids=lambda each: getattr(each, "name", each),
)
def test_every_surface_says_the_same(on: Surfaces, fact: Fact, surface: str) -> None:
    assert tight(getattr(fact, on.lang)) in tight(fact.surfaces[surface](on))


def test_what_somebody_cannot_eat_is_told_to_the_own_side_and_the_kitchen_alone(on: Surfaces) -> None:
    outside = [on.paper("visit_pack", "visit", edition=edition) for edition in ("hosts", "drivers", "media")]
    dates = [str(dict(event)) for event in on.calendar("visit", "visit").values()]
    assert not any("hazelnuts" in said for said in (*outside, *dates))
    assert "hazelnuts" in on.paper("visit_pack", "visit", edition="principal")
