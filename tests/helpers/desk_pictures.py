"""Pictures of a desk in the middle of a visit, for the manual: the first page, a meeting written down, an MoU being signed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers import seed
from tests.helpers.clock import FrozenClock
from tests.helpers.logos import logo
from tests.helpers.picture_languages import LOOKS
from ucapdesk.base import settings
from ucapdesk.base.i18n import language
from ucapdesk.model.dates.formatting import say_full
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services import Desk
from ucapdesk.services.files import sheets
from ucapdesk.services.people.pasted_people import plan_pasted
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.ui.home_page import HomePage
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.imports.sheet_dialogs import SheetMapping
from ucapdesk.ui.papers.house_style_dialog import HouseStyleDialog
from ucapdesk.ui.screens.agreement_screen import AgreementScreen
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.sections import HOME, WEEK

SIZE, WIDE = (1180, 700), QSize(1000, 560)
PROGRAMME = (
    (0, "16:30", None, "site_visit", Bilingual(en="22@ district", zh="22@创新区")),
    (1, "08:45", "09:15", "transfer", Bilingual(en="Hotel to city hall", zh="酒店至市政厅")),
    (1, "09:30", "10:30", "meeting", Bilingual(en="DRC round table", zh="发改委圆桌会议")),
    (1, "11:00", "12:00", "site_visit", Bilingual(en="Open incubator")),
    (1, "12:15", "13:30", "meal", Bilingual(en="Lunch", zh="午餐")),
    (1, "13:45", "14:30", "site_visit", Bilingual(en="Smart energy", zh="智慧能源")),
    (1, "14:00", "15:00", "meeting", Bilingual(en="Liudong district", zh="柳东新区")),
)
"""Today's and tomorrow's programme: days from now, hours, kind, title."""
CITY = {
    "official_name": Bilingual(en="City of Barcelona", zh="巴塞罗那市"),
    "state": Bilingual(en="Catalonia", zh="加泰罗尼亚"),
    "description": Bilingual(
        en="Port city on the Mediterranean, capital of Catalonia.", zh="地中海港口城市，加泰罗尼亚首府。"
    ),
    "key_industries": Bilingual(en="Mobility, health, digital services", zh="交通出行、健康、数字服务"),
    "website": "https://example.org/barcelona",
    "time_zone": "Europe/Madrid",
}


def draw_desk(folder: Path) -> None:
    """``home``, ``meeting``, ``mou``, the other tabs of a visit, ``week``, a city and a stranger's sheet, in each language of the manual."""
    before, app = os.environ.get("UCAPDESK_CONFIG", ""), QApplication.instance()
    assert isinstance(app, QApplication)
    clock = FrozenClock(seed.NOW)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "config")
        seed.make(Path(scratch) / "desk", clock)
        with Desk.open(Path(scratch) / "desk", clock=clock) as desk:
            pages = _pages(desk)
            for lang, ending in LOOKS:
                settings.save(settings.Settings(interface_language=lang, theme="light", person="Ana"))
                apply_theme(app, settings.load())
                for name, show in pages.items():
                    _draw(app, desk, show, folder / f"{name}{ending}.png")
    os.environ["UCAPDESK_CONFIG"] = before


def _pages(desk: Desk) -> dict[str, Callable[[DeskWindow], QWidget | None]]:
    """Return what is drawn, and create what the seed lacks: a programme, minutes, parties."""
    people = [_named(desk, given) for given in ("Mingyu", "Yan", "Ana", "Marta", "Jonas")]
    meeting, mou, visit = _meeting(desk, people), _mou(desk, people), _visit(desk, people)

    city = _city(desk)

    def show_meeting(window: DeskWindow) -> None:
        window.show_record(meeting)
        window.show_focused(True)

    def show_mou(window: DeskWindow) -> None:
        window.show_record(mou)
        screen = window.record.special
        if isinstance(screen, AgreementScreen):
            screen.ask()

    def show_tab(tab: str) -> Callable[[DeskWindow], QWidget | None]:
        def show(window: DeskWindow) -> None:
            window.show_record(visit)
            screen = window.record.special
            assert isinstance(screen, VisitScreen)
            screen.show_tab(tab)

        return show

    def show_day(window: DeskWindow) -> None:
        show_tab("itinerary")(window)
        window.show_focused(True)
        screen = window.record.special
        assert isinstance(screen, VisitScreen)
        assert screen.programme is not None
        screen.programme.show_date(f"{seed.TODAY + timedelta(1)}")
        screen.programme.rows.choose_first()

    def show_week(window: DeskWindow) -> None:
        window.enter_section(WEEK)
        assert window.week is not None
        window.week.take_focus()

    return {
        "home": lambda window: window.enter_section(HOME),
        "meeting": show_meeting,
        "mou": show_mou,
        "visit-itinerary": show_day,
        "visit-delegation": show_tab("delegation"),
        "visit-checklist": show_tab("checklist"),
        "week": show_week,
        "city": lambda window: window.show_record(city),
        "mapping": lambda window: _mapping(desk, window),
        "house-style": lambda window: _house_style(desk, window),
        "pasted": lambda window: _pasted(desk, visit, window),
    }


def _named(desk: Desk, given: str) -> str:
    people: list[Any] = desk.read.many(records.listing(desk, "person"))
    return next(str(each.id) for each in people if each.name and each.name.given == given)


def _meeting(desk: Desk, people: list[str]) -> str:
    visits: list[Any] = desk.read.many(records.listing(desk, "visit"))
    visit = next(each.id for each in visits if each.status == "in_progress")
    titles = Bilingual(en="Smart mobility pilot", zh="智慧出行试点")
    when = When(date=f"{seed.TODAY}", start="15:05", end="16:05")
    meeting = records.add(
        desk, "meeting", {"title": titles, "when": when, "visit": visit, "room": "Sala Ciutat", "status": "held"}
    )
    for at, person in enumerate(people):
        attendance = ("attended", "attended", "attended", "excused", None)[at]
        records.add(desk, "participation", {"owner": meeting, "person": person, "attendance": attendance})
    for kind, text in (
        (
            "decision",
            Bilingual(en="Both sides test open parking data from March.", zh="双方自三月起试行开放停车数据。"),
        ),
        ("open_question", Bilingual(en="Who owns the data of the metro?", zh="地铁数据归谁所有？")),
    ):
        records.add(desk, "minute_entry", {"owner": meeting, "type": kind, "text": text})
    todo = {"owner": meeting, "person": people[2], "due": PartialDate("2026-11-27"), "status": "open"}
    text = Bilingual(en="Send the parking data schema", zh="发送停车数据格式")
    records.add(desk, "action_item", {**todo, "text": text})
    for day, start, end, type_, title in PROGRAMME:
        hours = When(date=f"{seed.TODAY + timedelta(day)}", start=start, end=end)
        values = {"owner": visit, "type": type_, "title": title, "when": hours, "fixed": type_ == "meal" or None}
        records.add(desk, "itinerary_item", values)
    return meeting


def _visit(desk: Desk, people: list[str]) -> str:
    visits_: list[Any] = desk.read.many(records.listing(desk, "visit"))
    visit = str(next(each.id for each in visits_ if each.status == "in_progress"))
    roles = (("host", "A"), ("host", "A"), ("head", "B"), ("deputy_head", "B"), ("delegate", "B"))
    for person, (role, side) in zip(people, roles, strict=True):
        records.add(desk, "participation", {"owner": visit, "person": person, "role": role, "side": side})
    visits.add_usual(desk, visit)
    for todo in visits.checklist(desk, visit, seed.TODAY)[:5]:
        visits.tick(desk, todo.item.id)
    return visit


def _city(desk: Desk) -> str:
    city = records.listing(desk, "place", find="Barcelona")[0]
    records.edit(desk, city, CITY)
    return city


def _mapping(desk: Desk, window: DeskWindow) -> SheetMapping:
    """A list of participants as somebody else keeps it, with two of its columns told already."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "participants.csv"
        file.write_text(
            "姓,名,E-mail,Mobile,WeChat,Badge\n"
            "李,敏,li.min@example.cn,+86 138 0000 0001,limin_lz,12\n王,强,wang.qiang@example.cn,,,13\n",
            encoding="utf-8",
        )
        table = sheets.look_at(desk, file, kind="person")
    table = replace(table, columns={**table.columns, 0: "name_han.family", 1: "name_han.given"})
    return SheetMapping(table, lambda _kind, _sheet: table, window)


def _pasted(desk: Desk, visit: str, window: DeskWindow) -> ImportPage:
    """Return the proposal of a programme that was pasted from a mail, in English or Chinese."""
    first, second = seed.TODAY + timedelta(1), seed.TODAY + timedelta(2)
    text = (
        f"{first.month}月{first.day}日\n9:00—10:30 与市发改委座谈（地点：市政府305会议室）\n陪同：李明、王华\n11:00 参观氢能产业园\n"
        f"{second.month}月{second.day}日\n下午3点半至5点 港口工作组会议\n19:00 欢迎晚宴"
        if language() == "zh"
        else f"{say_full(PartialDate(f'{first}'), 'en')}\n09:00–10:30 Talks with the Development and Reform Commission\n"
        "  Venue: City Hall, Room 305\n  Host: Li Ming\n11:00 Hydrogen park @ Liudong\n"
        f"{say_full(PartialDate(f'{second}'), 'en')}\n15:30–17:00 Meeting of the port group\n19:00 Welcome dinner"
    )
    plan = plan_pasted(desk, text, visit)
    assert plan is not None
    page = ImportPage(plan, window)
    page.resize(WIDE)
    return page


def _house_style(desk: Desk, window: DeskWindow) -> HouseStyleDialog:
    if not records.listing(desk, "house_style"):
        said = {
            "office": Bilingual(en="City of Barcelona", zh="巴塞罗那市政府"), "accent": "#A6192E", "phone": "+34 93 402 7000",
            "email": "office@barcelona.example.org", "logo": desk.workspace.files.put(logo("#A6192E"), name="logo.png"),
            "footer": Bilingual(en="Plaça Sant Jaume 1, 08002 Barcelona", zh="巴塞罗那市圣若梅广场1号，邮编08002"),
        }  # fmt: skip
        records.add(desk, "house_style", said)
    dialog = HouseStyleDialog(desk, window)
    dialog.resize(*SIZE)
    return dialog


def _mou(desk: Desk, people: list[str]) -> str:
    values = {
        "title": Bilingual(en="Smart mobility pilot", zh="智慧出行试点备忘录"),
        "status": "ready_to_sign",
        "reference": "M-015",
    }
    mou = records.add(desk, "agreement", values)
    houses = (
        records.listing(desk, "organisation", find="Liuzhou Development"),
        records.listing(desk, "organisation", find="Barcelona"),
    )
    parties = [
        records.add(desk, "agreement_party", {"owner": mou, "organisation": house[0], "side": side})
        for house, side in zip(houses, "AB", strict=True)
    ]
    records.add(desk, "signatory", {"owner": mou, "party": parties[0], "person": people[0]})
    return mou


def _waits(shown: QWidget) -> bool:
    return isinstance(shown, HouseStyleDialog) and not shown.view.pages


def _counts(home: HomePage | None) -> bool:
    return home is not None and home.counting


def _draw(app: QApplication, desk: Desk, show: Callable[[DeskWindow], QWidget | None], file: Path) -> None:
    window = DeskWindow(desk, lambda _: None)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    shown = show(window) or window
    shown.show()
    since = QElapsedTimer()
    since.start()
    while since.elapsed() < 1000 or window.section_counts.counting or _waits(shown) or _counts(window.home):
        app.processEvents()
    shown.grab().save(str(file))
    window.close()
    window.deleteLater()
    app.processEvents()
