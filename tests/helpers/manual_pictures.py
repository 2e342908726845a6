"""The pictures of the README and the manual, told from stories, in each language in which the manual shows some."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pypdfium2
from PySide6.QtCore import QElapsedTimer, QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.helpers import seed
from tests.helpers.clock import FrozenClock
from tests.helpers.logos import logo, skyline
from tests.helpers.source_tree import ROOT
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from tests.unit.papers.story import Story, tell
from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGES, language
from ucapdesk.model.dates.formatting import say_full
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DocumentInfo
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.files import sheets
from ucapdesk.services.people.pasted_people import plan_pasted
from ucapdesk.services.records import duplicates, records
from ucapdesk.services.visits import visits
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
from ucapdesk.ui.exchange.exchange_dialogs import ConflictDialog, ReceiveDialog
from ucapdesk.ui.exchange.watched_places import Drive
from ucapdesk.ui.home_page import HomePage
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.imports.list_imports import SheetMapping
from ucapdesk.ui.papers.house_style_dialog import HouseStyleDialog
from ucapdesk.ui.screens.agreement_screen import AgreementScreen
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.sections import EXCHANGE, HOME, WEEK

PAGES = tuple(sorted((ROOT / "docs" / "manual").glob("*.md")))


def ending(lang: str) -> str:
    """What the names of pictures in a language end in."""
    return "" if lang == "en" else f"-{lang}"


# The languages with the endings of their pictures.
LOOKS = tuple(
    (lang, ending(lang))
    for lang in LANGUAGES
    if lang == "en" or any(f"{ending(lang)}.png)" in page.read_text(encoding="utf-8") for page in PAGES)
)


SIZE, WIDE = (1180, 700), QSize(1000, 560)
# Today's and tomorrow's programme: days from now, hours, kind, title.
PROGRAMME = (
    (0, "16:30", None, "site_visit", Bilingual(en="22@ district", zh="22@创新区")),
    (1, "08:45", "09:15", "transfer", Bilingual(en="Hotel to city hall", zh="酒店至市政厅")),
    (1, "09:30", "10:30", "meeting", Bilingual(en="DRC round table", zh="发改委圆桌会议")),
    (1, "11:00", "12:00", "site_visit", Bilingual(en="Open incubator")),
    (1, "12:15", "13:30", "meal", Bilingual(en="Lunch", zh="午餐")),
    (1, "13:45", "14:30", "site_visit", Bilingual(en="Smart energy", zh="智慧能源")),
    (1, "14:00", "15:00", "meeting", Bilingual(en="Liudong district", zh="柳东新区")),
)
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
                    _draw_desk(app, desk, show, folder / f"{name}{ending}.png")
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


def _draw_desk(app: QApplication, desk: Desk, show: Callable[[DeskWindow], QWidget | None], file: Path) -> None:
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


DAY = 86_400
MINUTES = "Both sides agree to test open parking data."


def draw_exchange(folder: Path) -> None:
    """``exchange-give``, ``-receive``, ``-decide`` and ``-same``, in each language of the manual."""
    before, app = os.environ.get("UCAPDESK_CONFIG", ""), QApplication.instance()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as scratch, patch("platform.node", return_value="ThinkPad"):
        anna, chen = _both(Path(scratch))
        package = chen.give("from-chen-yan.ucapx")
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "pictures")
        for lang, name in LOOKS:
            settings.save(settings.Settings(interface_language=lang, theme="light", person="Anna Ferrer"))
            apply_theme(app, settings.load())
            _draw_exchange(app, anna, package, folder, name)
        anna.receive(package)
        for lang, name in LOOKS:
            settings.save(settings.Settings(interface_language=lang, theme="light", person="Anna Ferrer"))
            apply_theme(app, settings.load())
            _save(app, ConflictDialog(anna.desk, conflicts.conflicts(anna.desk)), folder / f"exchange-decide{name}.png")
            _save(app, DuplicatesDialog(anna.desk, duplicates.find(anna.desk)), folder / f"exchange-same{name}.png")
        for each in (anna, chen):
            each.desk.close()
    os.environ["UCAPDESK_CONFIG"] = before


def _both(folder: Path) -> tuple[Laptop, Laptop]:
    """Anna Ferrer and Chen Yan after two days in which each worked alone."""
    anna = first_laptop(folder / "anna", "Anna Ferrer")
    anna.clock.tick(20 * DAY + 34_000)
    meeting = anna.add(
        "meeting", "title.en=Smart mobility pilot", "title.zh=智慧出行试点", f"summary.en={MINUTES}", "room=12"
    )
    anna.add("organisation", "name.en=Liuzhou Foreign Affairs Office", "name.zh=柳州市外事办公室")
    chen = joined(folder / "chen", anna.give("joining.ucapx"), "Chen Yan 陈燕")
    chen.clock.tick(20 * DAY + 34_060)
    anna.receive(chen.give("hello.ucapx"))
    anna.give("last.ucapx")
    anna.clock.tick(DAY + 60_000)
    anna.edit(meeting, f"summary.en={MINUTES.removesuffix('.')} from March.")
    chen.clock.tick(DAY + 60_500)
    chen.edit(meeting, f"summary.en={MINUTES.removesuffix('.')}; Liuzhou names a data owner.")
    anna.add("person", "name.family=Zhang", "name.given=Wei", "email=zhang.wei@example.cn", "mobile=+86 138 0000 0000")
    chen.add("person", "name_han.family=张", "name_han.given=伟", "email=zhang.wei@example.cn", "wechat=zhangwei_lz")
    for title, han in (("Courtesy call", "礼节性拜会"), ("Visit to the hydrogen depot", "参观氢能公交站")):
        chen.add("meeting", f"title.en={title}", f"title.zh={han}")
    anna.add("meeting", "title.en=Round table with the port", "title.zh=港口圆桌会议")
    return anna, chen


def _draw_exchange(app: QApplication, anna: Laptop, package: Path, folder: Path, name: str) -> None:
    window = DeskWindow(anna.desk, lambda _: None)
    window.resize(1180, 640)
    window.exchange.places.stop()
    window.exchange.places.drives = [Drive("KINGSTON", folder, 12_000_000_000)]
    window.enter_section(EXCHANGE)
    window.show()
    _settle(app)
    window.exchange.refresh()
    _settle(app)
    window.grab().save(str(folder / f"exchange-give{name}.png"))
    with anna.here() as desk:
        reports = exchange_service.receive(desk, [package], dry_run=True)
    _save(app, ReceiveDialog(anna.desk, reports, window), folder / f"exchange-receive{name}.png")
    window.close()
    window.deleteLater()
    _settle(app)


def _save(app: QApplication, page: QDialog, file: Path) -> None:
    page.show()
    _settle(app)
    page.grab().save(str(file))
    page.close()
    page.deleteLater()
    _settle(app)


def _settle(app: QApplication) -> None:
    for _ in range(40):
        app.processEvents()


SHOWN = {"visit_pack": 2}  # Pages, from 0, of papers whose first one is a cover or the like
README = {"cover": ("visit_pack", 0), "programme": ("itinerary", 0), "seating": ("seating_plan", 0)}
# More pictures of papers that have several forms: the document, and what is chosen to make the form.
OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "cars": ("seating_plan", {"options": {"room": "cars"}}),
    "badge_folded": ("badges", {"options": {"card": "badge-a4"}}),
    "official_letter": (
        "invitation_letter",
        {"page": "official", "languages": ("zh",), "options": {"number": "柳外函〔2026〕12号", "date": "2026-10-12"}},
    ),
}
# Pictures of papers in a house style.
STYLED = {"styled_pack": ("visit_pack", {"layout": "side-by-side"}), "styled_letter": ("invitation_letter", {})}
SCALE, LARGE = 0.6, 1.1
STYLE_COLOUR = "#8A1C2B"


def draw_every_paper(folder: Path) -> None:
    """``papers/<document>`` for each of them, and the three pages of the README, larger."""
    (folder / "papers").mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        Desk.create(Path(scratch) / "desk", name="Liuzhou", person="Ana", clock=FrozenClock()) as desk,
    ):
        story = tell(desk)
        known = {each.name: each for each in papers.documents() if _one(story, each)}
        made = {name: _made(desk, story, each) for name, each in known.items()}
        made |= {name: _made(desk, story, known[document], **choices) for name, (document, choices) in OTHERS.items()}
        _add_style(desk)
        made |= {name: _made(desk, story, known[document], **choices) for name, (document, choices) in STYLED.items()}
    for name, pdf in made.items():
        _draw_paper(pdf, SHOWN.get(name, 0), SCALE, folder / "papers" / f"{name}.png")
    for picture, (name, page) in README.items():
        _draw_paper(made[name], page, LARGE, folder / f"{picture}.png")


def _one(story: Story, document: DocumentInfo) -> list[str]:
    return next((story.ids[kind][:1] for kind in document.kinds if story.ids.get(kind)), [])


def _add_style(desk: Desk) -> None:
    files = desk.workspace.files
    records.add(
        desk,
        "house_style",
        {
            "office": Bilingual(en="Liuzhou Foreign Affairs Office", zh="柳州市人民政府外事办公室"),
            "phone": "+86 772 282 5200",
            "accent": STYLE_COLOUR,
            "logo": files.put(logo(STYLE_COLOUR, (200, 200)), name="logo.png"),
            "cover": files.put(skyline(STYLE_COLOUR), name="cover.png"),
            "footer": Bilingual(en="66 Sanzhong Road, Liuzhou", zh="柳州市三中路66号"),
        },
    )


def _made(desk: Desk, story: Story, document: DocumentInfo, **choices: Any) -> bytes:
    file = io.BytesIO()
    edition = next((each.code for each in document.editions if each.code == "hosts"), None)
    papers.brief(desk, _one(story, document), file, document=document.name, edition=edition, **choices)
    return file.getvalue()


def _draw_paper(pdf: bytes, page: int, scale: float, target: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[min(page, len(document) - 1)].render(scale=scale).to_pil()
    picture.quantize(64).save(target, optimize=True)
    document.close()
