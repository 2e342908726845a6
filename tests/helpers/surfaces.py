"""The texts of every surface of the program: window, command line, papers, calendars and sheets of one workspace.

Each is the real one, asked anew: the widgets of the window, the text of a PDF, an .ics and an .xlsx file read by other libraries
than wrote them.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from click.testing import CliRunner
from icalendar import Calendar, Event
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tests.helpers.clock import FrozenClock
from tests.helpers.flaws import seen
from tests.helpers.second_story import SecondStory
from tests.helpers.stage import Stage
from ucapdesk.base import settings
from ucapdesk.base.i18n import use_language, use_pair
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.cli import cli
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk
from ucapdesk.ui.screens.visit_screen import ITINERARY_TAB, VisitScreen
from ucapdesk.ui.window.sections import HOME


def tight(text: str) -> str:
    """A text without its spaces and line ends, which differ from surface to surface, nor the mark of a hyphen at one."""
    return "".join(text.split()).replace("\ufffe", "-")


class Surfaces:
    """One workspace in one language; what was asked once is kept. Records are asked for by the names of a story."""

    def __init__(self, folder: Path, story: SecondStory, lang: str, clock: FrozenClock, app: QApplication) -> None:
        self.folder, self.story, self.lang, self.clock, self.app = folder, story, lang, clock, app
        self._stage: Stage
        self._opened: frozenset[str] = frozenset()
        for asked in ("paper", "calendar", "sheet", "window", "_command"):
            setattr(self, asked, cache(getattr(self, asked)))

    # the command line

    def shown(self, record: str) -> str:
        return self._command("show", self.story[record])

    def listed(self, kind: str, record: str) -> str:
        lines = self._command("list", kind).splitlines()
        return next(line for line in lines if line.startswith(self.story[record]))

    def value(self, record: str, label: Mapping[str, str]) -> str:
        rows = (line.partition("\t") for line in self.shown(record).splitlines())
        return next(said for head, _, said in rows if head == label[self.lang])

    def plain(self, record: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._command("show", self.story[record], "--json"))
        return found

    def found(self, text: str) -> list[str]:
        return [hit["id"] for hit in json.loads(self._command("search", text, "--json"))]

    def command(self, name: str, *words: str) -> str:
        """Any other command, with the workspace after its name."""
        return self._command(name, *words)

    def _command(self, name: str, *words: str) -> str:
        use_language(self.lang)
        result = CliRunner().invoke(cli, [name, str(self.folder), *words, "--lang", self.lang])
        assert result.exit_code == 0, result.output
        return result.stdout

    # papers

    def paper(self, document: str, record: str, **choices: str) -> str:
        """The text of a PDF in this language alone."""
        file = io.BytesIO()
        with self._desk(self.folder) as desk:
            papers.brief(desk, [self.story[record]], file, document=document, languages=(self.lang,), **choices)  # type: ignore[arg-type]
        document_ = pypdfium2.PdfDocument(file.getvalue())
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document_)
        finally:
            document_.close()

    def contents(self, document: str, record: str, **choices: str) -> str:
        """Every text of a paper's contents, in any language, not yet laid out; without version and appended files."""
        with self._desk(self.folder) as desk:
            made = papers.paper(desk, [self.story[record]], document=document, languages=(self.lang,), **choices)  # type: ignore[arg-type]
        return "\n".join(text for words, _ in all_words(made) for text in words.text.values() if text)

    # files

    def calendar(self, kind: str, record: str) -> Mapping[str, Event]:
        file = self._exported(kind, record, "ics")
        found = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        return {str(event["SUMMARY"]): event for event in found if isinstance(event, Event)}

    def sheet(self, kind: str, record: str) -> Mapping[str, str]:
        sheet: Any = load_workbook(self._exported(kind, record, "xlsx")).active
        rows = list(sheet.iter_rows(values_only=True))
        heads = next(row for row in rows if row[0])
        row = rows[-1]
        return {str(head): str(cell or "") for head, cell in zip(heads, row, strict=True)}

    def _exported(self, kind: str, record: str, suffix: str) -> Path:
        file = self.folder.parent / f"{self.story[record]}-{self.lang}.{suffix}"
        self._command("export", kind, "--id", self.story[record], "-o", str(file))
        return file

    # the window

    @contextmanager
    def at_window(self) -> Iterator[None]:
        """A window for all that is asked meanwhile, on a copy of the workspace: the one that commands use is closed."""
        copy = shutil.copytree(self.folder, self.folder.with_name("shown"))
        settings.save(self._settings)
        with self._desk(copy) as desk:
            self._stage = Stage(self.app, desk)
            self._stage.dress(self.lang)
            self._opened = self._stage.window.sections.opened
            self.window(HOME)  # its clock runs from here on, as long as the window
            yield
            self._stage.close()

    def window(self, place: str, tab: str = "") -> str:
        """Everything that can be read with a record, or a section of the window, in front."""
        settings.save(self._settings)
        use_language(self.lang)
        use_pair(self._settings.record_languages)
        window = self._stage.window
        window.sections.unfold(self._opened)  # as at the first look; another record may have unfolded them
        if place in self.story.named:
            window.show_record(self.story[place])
        else:
            window.enter_section(place)
        screen = window.record.special
        if isinstance(screen, VisitScreen):
            screen.show_tab(tab or ITINERARY_TAB)
        else:
            assert not tab
        return self._shown()

    def _shown(self) -> str:
        window = self._stage.window
        while (window.home is not None and window.home.counting) or window.section_counts.counting:
            self.app.processEvents()
            time.sleep(0.001)  # who counts beside the window would have to wait for it
        self._stage.settle()
        return "\n".join(filter(None, _read(window)))

    @property
    def _settings(self) -> settings.Settings:
        return settings.Settings(person="Ana", interface_language=self.lang)

    def _desk(self, folder: Path) -> Desk:
        use_language(self.lang)
        return Desk.open(folder, clock=self.clock)


def _read(page: QWidget) -> Iterator[str]:
    """Yield the texts of labels, buttons, tabs, lists and fields, not the choices behind them."""
    for widget in seen(page):
        if isinstance(widget.parentWidget(), QTabBar):
            continue
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield widget.currentText()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(n) for n in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            columns = range(1 if isinstance(widget, QListView) else model.columnCount(QModelIndex()))
            rows = range(model.rowCount(QModelIndex()))
            yield from (str(model.index(row, at).data() or "") for row in rows for at in columns)


Ask = Callable[[Surfaces], str]


@dataclass(frozen=True)
class Fact:
    """A fact, its words in English and Chinese and for programs, and how each surface that tells of it is asked."""

    name: str
    en: str
    zh: str
    window: Ask | None = None
    command: Ask | None = None
    paper: Ask | None = None
    calendar: Ask | None = None
    sheet: Ask | None = None
    plain: str = ""
    json: Callable[[Surfaces], Any] | None = None

    def said(self, surface: str, lang: str) -> str:
        return self.plain if surface == "json" else str(getattr(self, lang))

    @property
    def surfaces(self) -> Mapping[str, Ask]:
        known = {each: getattr(self, each) for each in ("window", "command", "json", "paper", "calendar", "sheet")}
        return {name: ask for name, ask in known.items() if ask is not None}


def day(on: Surfaces, at: date) -> str:
    return f"{at.year}年{at.month}月{at.day}日" if on.lang == "zh" else f"{at.day} {at:%B} {at.year}"


def titled(on: Surfaces, kind: str, record: str, en: str, zh: str) -> Event:
    (found,) = [each for title, each in on.calendar(kind, record).items() if (zh if on.lang == "zh" else en) in title]
    return found


def event(on: Surfaces, kind: str, record: str, en: str, zh: str) -> dict[str, str]:
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


def after(paper: str, words: str) -> str:
    """Return the text close behind some words in a paper, wherever they stand."""
    text = re.sub(r"\s+", " ", paper)
    return " ".join(text[found.start() : found.start() + 240] for found in re.finditer(re.escape(words), text))


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
        plain="09:30–12:00", json=lambda on: "–".join(on.plain("talks")["computed"]["when"][end] for end in ("start", "end")),
    ),
    Fact(
        "the day and hour of an arrival", "05:55", "05:55",
        window=lambda on: on.window("flight of Łódź"),
        command=lambda on: on.listed("itinerary_item", "flight of Łódź"),
        paper=lambda on: on.paper("itinerary", "visit", edition="hosts"),
        calendar=lambda on: " ".join(event(on, "visit", "visit", "LO 91", "LO 91").values()),
        sheet=lambda on: " ".join(on.sheet("itinerary_item", "flight of Łódź").values()),
        plain="2027-04-12 05:55", json=lambda on: "{end_date} {end}".format(**on.plain("flight of Łódź")["computed"]["when"]),
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
        plain="Asia/Shanghai", json=lambda on: on.plain("talks")["computed"]["when"]["tz"],
    ),
    Fact(
        "the status of a visit", "Confirmed", "已确认",
        window=lambda on: on.window("visit"),
        command=lambda on: on.listed("visit", "visit"),
        paper=lambda on: on.paper("visit_report", "visit", edition="hosts"),
        sheet=lambda on: " ".join(on.sheet("visit", "visit").values()),
        plain="confirmed", json=lambda on: on.plain("visit")["status"],
    ),
    Fact(
        "the status of an MoU", "Ready for signature", "待签署",
        window=lambda on: on.window("mou"),
        command=lambda on: on.listed("agreement", "mou"),
        paper=lambda on: on.paper("mou_sheet", "mou"),
        sheet=lambda on: " ".join(on.sheet("agreement", "mou").values()),
        plain="ready_to_sign", json=lambda on: on.plain("mou")["status"],
    ),
    Fact(
        "an action that is late", "Confirm who signs for the Port Authority", "Confirm who signs for the Port Authority",
        paper=lambda on: on.paper("action_list", "first meeting"),
        calendar=lambda on: " ".join(on.calendar("action_item", "action blocked")),
        plain="True", json=lambda on: on.plain("action blocked")["computed"]["overdue"],
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
        plain="2028-03-03", json=lambda on: on.plain("letter of intent")["computed"]["expires"],
    ),
    Fact(
        "that notice must be given", "Notice period open", "处于通知期",
        window=lambda on: on.window("arrangement"),
        command=lambda on: on.shown("arrangement"),
        paper=lambda on: on.paper("mou_sheet", "arrangement"),
        sheet=lambda on: " ".join(on.sheet("agreement", "arrangement").values()),
        plain="notice_window", json=lambda on: on.plain("arrangement")["computed"]["attention"],
    ),
    Fact(
        "the last day for notice", "21 May 2027", "2027年5月21日",
        window=lambda on: on.window("arrangement"),
        command=lambda on: on.shown("arrangement"),
        calendar=lambda on: event(on, "agreement", "arrangement", "notice", "通知")["starts"],
        sheet=lambda on: " ".join(on.sheet("agreement", "arrangement").values()),
        plain="2027-05-21", json=lambda on: on.plain("arrangement")["computed"]["notice_by"],
    ),
    Fact(
        "that a signature is late", "Signature overdue", "签署逾期",
        window=lambda on: on.window("protocol"),
        command=lambda on: on.shown("protocol"),
        paper=lambda on: on.paper("mou_sheet", "protocol"),
        sheet=lambda on: " ".join(on.sheet("agreement", "protocol").values()),
        plain="overdue_signature", json=lambda on: on.plain("protocol")["computed"]["attention"],
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
        plain="𠮷文华", json=lambda on: "".join(on.plain("ji")["name_han"].values()),
    ),
    Fact(
        "that name on a card", "JI Wenhua", "𠮷文华", paper=lambda on: on.paper("place_cards", "visit"),
    ),
    Fact(
        "the Chinese name of a foreigner", "卢卡什·茹科夫斯基", "卢卡什·茹科夫斯基",
        window=lambda on: on.window("łukasz"),
        command=lambda on: on.listed("person", "łukasz"),
        paper=lambda on: on.paper("place_cards", "visit") if on.lang == "zh" else "卢卡什·茹科夫斯基",
        plain="茹科夫斯基卢卡什", json=lambda on: "".join(on.plain("łukasz")["name_han"].values()),
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
        plain="郑州市", json=lambda on: on.plain("zhengzhou")["official_name"],
    ),
    Fact(
        "how many live in a city", "12,828,000", "1282.8万",
        window=lambda on: on.window("zhengzhou"),
        command=lambda on: on.shown("zhengzhou"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("place", "zhengzhou").values()),
        plain="12828000", json=lambda on: on.plain("zhengzhou")["population"]["value"],
    ),
    Fact(
        "how long a visit lasts", "12–15 April 2027", "2027年4月12日至15日",
        window=lambda on: on.window("visit", "details"),
        command=lambda on: on.listed("visit", "visit"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("visit", "visit").values()),
        plain="2027-04-12/2027-04-15", json=lambda on: on.plain("visit")["dates"],
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
        plain="+86 138 0371 6215", json=lambda on: on.plain("visit")["duty_phone"],
    ),
    Fact(
        "what somebody cannot eat", "hazelnuts, walnuts", "hazelnuts, walnuts",
        window=lambda on: on.window("eleftheria"),
        command=lambda on: on.shown("eleftheria"),
        paper=lambda on: on.paper("catering_list", "visit"),
        sheet=lambda on: " ".join(on.sheet("person", "eleftheria").values()),
        plain="hazelnuts, walnuts", json=lambda on: on.plain("eleftheria")["allergies"],
    ),
    Fact(
        "the third party of an MoU", "Municipality of Thessaloniki", "塞萨洛尼基市政府",
        window=lambda on: on.window("mou"),
        command=lambda on: on.shown("mou"),
        paper=lambda on: on.paper("signing_sheet", "mou"),
    ),
    Fact(
        "how somebody is addressed", "Deputy Mayor Szczęśniak-Grzegżółka", "什琴希尼亚克-格热格茹卡副市长",
        window=lambda on: on.window("bożena"),
        command=lambda on: on.shown("bożena"),
        paper=lambda on: on.paper("visit_pack", "visit", edition="principal"),
        sheet=lambda on: " ".join(on.sheet("person", "bożena").values()),
        plain="{'en': 'Deputy Mayor Szczęśniak-Grzegżółka', 'zh': '什琴希尼亚克-格热格茹卡副市长'}",
        json=lambda on: on.plain("bożena")["computed"]["address_as"],
    ),
    Fact(
        "how an Excellency is addressed", "H.E. Eleftheria Papadopoulou-Karamanli", "帕帕佐普卢-卡拉曼利副市长阁下",
        window=lambda on: on.window("eleftheria"),
        command=lambda on: on.shown("eleftheria"),
        paper=lambda on: on.paper("visit_pack", "visit", edition="principal"),
        sheet=lambda on: " ".join(on.sheet("person", "eleftheria").values()),
    ),
    Fact(
        "how a letter begins", "Dear Vice Mayor Gong", "尊敬的龚副市长",
        command=lambda on: {"en": "Dear ", "zh": "尊敬的"}[on.lang] + on.value("gong", {"en": "Address as", "zh": "如何称呼"}),
        paper=lambda on: on.paper("thank_you_letter", "visit"),
    ),
    Fact(
        "an action that is put off and still open", "Book a return visit to Łódź", "安排回访罗兹",
        window=lambda on: on.window(HOME),
        command=lambda on: on.command("today"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("action_item", "action deferred").values()),
    ),
    Fact(
        "that it is put off, on the first page", "15 March 2027 · Deferred", "2027年3月15日 · 推迟",
        window=lambda on: on.window(HOME),
        command=lambda on: on.command("today"),
    ),
    Fact(
        "that it is put off", "Deferred", "推迟",
        window=lambda on: on.window("action deferred"),
        command=lambda on: on.listed("action_item", "action deferred"),
        paper=lambda on: after(on.paper("visit_pack", "visit"), {"en": "Book a return", "zh": "安排回访罗兹"}[on.lang]),
        sheet=lambda on: " ".join(on.sheet("action_item", "action deferred").values()),
        plain="deferred", json=lambda on: on.plain("action deferred")["status"],
    ),
    Fact(
        "by when something is to be done", "30 April 2027", "2027年4月30日",
        window=lambda on: on.window("action open"),
        command=lambda on: on.listed("action_item", "action open"),
        calendar=lambda on: event(on, "action_item", "action open", "Send the data schema", "发送传感器数据格式")["starts"],
        sheet=lambda on: " ".join(on.sheet("action_item", "action open").values()),
        plain="2027-04-30", json=lambda on: on.plain("action open")["due"],
    ),
    Fact(
        "who does it", "KOWALSKA", "玛丽亚·科瓦尔斯卡",
        window=lambda on: on.window("action open"),
        command=lambda on: on.listed("action_item", "action open"),
        paper=lambda on: after(on.paper("visit_pack", "visit"), {"en": "Send the data", "zh": "发送传感器数据格式"}[on.lang]),
        sheet=lambda on: " ".join(on.sheet("action_item", "action open").values()),
    ),
    Fact(
        "the room of a point", "Room 308", "308",
        window=lambda on: on.window("talks"),
        command=lambda on: on.shown("talks"),
        paper=lambda on: on.paper("itinerary", "visit", edition="hosts"),
        calendar=lambda on: str(titled(on, "visit", "visit", *TALKS)["LOCATION"]),
        sheet=lambda on: " ".join(on.sheet("itinerary_item", "talks").values()),
        plain="Room 308", json=lambda on: on.plain("talks")["computed"]["room"],
    ),
    Fact(
        "the place of a point", "Zhengzhou International Convention", "郑州国际会展中心",
        window=lambda on: on.window("talks"),
        command=lambda on: on.listed("itinerary_item", "talks"),
        paper=lambda on: on.paper("itinerary", "visit", edition="hosts"),
        calendar=lambda on: str(titled(on, "visit", "visit", *TALKS)["LOCATION"]),
        sheet=lambda on: " ".join(on.sheet("itinerary_item", "talks").values()),
    ),
    Fact(
        "how long one stays in a hotel", "12–14 April 2027", "2027年4月12日至14日",
        paper=lambda on: on.paper("hotel_list", "visit") + on.paper("visit_pack", "visit") + on.paper("room_list", "visit"),
    ),
    Fact(
        "how far away a visit is", "6 days", "6天",
        window=lambda on: on.window(HOME), command=lambda on: on.command("today"),
    ),
    Fact(
        "how many things are still to prepare", "2 things to prepare, 1 of them late", "2项待准备，其中1项已逾期",
        window=lambda on: on.window(HOME),
    ),
    Fact(
        "how many things are still to prepare, beside their tab", "Checklist 2", "准备清单 2",
        window=lambda on: on.window("visit"),
    ),
    Fact(
        "who leads the delegation", "SZCZĘŚNIAK-GRZEGŻÓŁKA", "博热娜·什琴希尼亚克-格热格茹卡",
        window=lambda on: on.window("visit", "details"),
        command=lambda on: on.shown("visit"),
        paper=lambda on: on.paper("visit_pack", "visit"),
        sheet=lambda on: " ".join(on.sheet("visit", "visit").values()),
    ),
    Fact(
        "the number of a flight", "LO 91", "LO 91",
        window=lambda on: on.window("LO 91"),
        command=lambda on: on.listed("transport_leg", "LO 91"),
        paper=lambda on: on.paper("bus_list", "visit"),
        calendar=lambda on: " ".join(on.calendar("visit", "visit")),
        sheet=lambda on: " ".join(on.sheet("transport_leg", "LO 91").values()),
        plain="LO 91", json=lambda on: on.plain("LO 91")["number"],
    ),
    Fact(
        "what a project costs", "EUR 750,000", "750,000欧元",
        window=lambda on: on.window("twin"),
        command=lambda on: on.shown("twin"),
        plain="750000", json=lambda on: on.plain("twin")["budget"]["value"],
    ),
    Fact(
        "the post of somebody", "Vice Mayor", "副市长",
        window=lambda on: on.window("gong"),
        command=lambda on: on.shown("gong"),
        paper=lambda on: on.paper("visit_pack", "visit"),
    ),
    Fact(
        "who chairs a meeting", "GONG Yan", "龚䶮",
        window=lambda on: on.window("meeting"),
        command=lambda on: on.shown("meeting"),
        paper=lambda on: on.paper("minutes", "meeting"),
        sheet=lambda on: " ".join(on.sheet("meeting", "meeting").values()),
    ),
)  # fmt: skip
