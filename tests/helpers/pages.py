"""Every page of the program, to be looked at and to be checked: a new one is one more line of ``PAGES``."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog, QWidget

from tests.helpers.chinese_records import TEXT
from tests.helpers.clock import PATIENCE
from tests.helpers.stage import Page, Stage
from ucapdesk.base.i18n import tr
from ucapdesk.base.paths import resource
from ucapdesk.exchange.devices import Stranger
from ucapdesk.exchange.errors import UNKNOWN_LAPTOP
from ucapdesk.exchange.manifest import DeviceLine, Head, Manifest, Sender
from ucapdesk.exchange.reports import Report, WrittenRecord
from ucapdesk.formats.sheets.sheet import Sheet, SheetRow
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.listing import ListView
from ucapdesk.model.values.groups import HanName
from ucapdesk.papers import printing as papers
from ucapdesk.services import line_entry
from ucapdesk.services.errors import FILE_NOT_THERE
from ucapdesk.services.exchange.conflicts import Conflict, SaidValue
from ucapdesk.services.files import file_formats, imports, sheets
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.files.incoming_files import PlanLine as IncomingLine
from ucapdesk.services.people import personal_data
from ucapdesk.services.records import records
from ucapdesk.services.records.duplicates import Alike
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
from ucapdesk.ui.exchange.exchange_dialogs import ConflictDialog, JoinDialog, LaptopDialog, ReceiveDialog
from ucapdesk.ui.exchange.watched_places import Drive
from ucapdesk.ui.fields.links import PickerDialog, options_of
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.imports.list_imports import SheetMapping, SheetPreview
from ucapdesk.ui.imports.paper_imports import AssignDialog, ImportReportDialog
from ucapdesk.ui.lists.filter_chips import Prompt
from ucapdesk.ui.lists.list_dialogs import BulkDialog, ColumnsDialog, ExportDialog, OutgoingDialog
from ucapdesk.ui.papers.house_style_dialog import HouseStyleDialog
from ucapdesk.ui.papers.paper_dialog import GapsDialog, PaperDialog
from ucapdesk.ui.record.record_dialogs import HistoryDialog, TemplatesDialog
from ucapdesk.ui.screens.agreement_screen import AgreementScreen
from ucapdesk.ui.screens.people_screens import PartnershipDialog, RetentionDialog
from ucapdesk.ui.screens.seating_dialog import SeatingDialog
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.settings.settings_dialog import SettingsDialog
from ucapdesk.ui.translation_dialogs import InterfaceDraftsDialog, WorklistDialog
from ucapdesk.ui.window.background_jobs import QuitDialog
from ucapdesk.ui.window.help_dialogs import AboutDialog, DateDialog, ManualDialog
from ucapdesk.ui.window.sections import EXCHANGE, HOME, TRASH, WEEK
from ucapdesk.ui.window.shortcuts import ShortcutsDialog
from ucapdesk.ui.workspaces.workspace_dialogs import (
    NewPassphraseDialog,
    NewWorkspaceDialog,
    PassphraseDialog,
    StartDialog,
)
from ucapdesk.ui.workspaces.workspace_opening import FirstRun


def _at(place: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.window.show_record(None)
        stage.window.enter_section(place)
        return stage.window

    return show


def _record(kind: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        id_ = stage.first(kind)
        if id_ is not None:
            stage.window.show_record(id_)
        else:
            owner = next(filter(None, map(stage.first, KINDS[kind].owners)), None)
            stage.window.show_section(kind)
            stage.window.record.show_new(KINDS[kind], owner)
        return stage.window

    return show


def _search(stage: Stage) -> QWidget:
    stage.window.show_record(stage.first("ucap"))
    stage.window.search.setFocus()
    stage.window.search.setText("")
    return stage.window


def _said(stage: Stage) -> QWidget:
    """The window with everything it says by itself: a sentence above, one below, and the way back."""
    stage.window.show_record(stage.first("ucap"))
    error = FILE_NOT_THERE(file=TEXT)
    stage.window.notice.say(error.say())
    stage.window.toast.say(error.say(), KINDS["ucap"].label(), lambda: None)
    return stage.window


def _picker(stage: Stage) -> QWidget:
    field = KINDS["theme"].fields["sdgs"]
    return PickerDialog(field.label(), options_of(stage.desk, field), [], several=True, parent=stage.window)


def _report(stage: Stage) -> QWidget:
    report = imports.import_files(stage.desk, [resource("sample/ucap-liuzhou.txt")])
    return ImportReportDialog(stage.desk, report, stage.window)


def _visit(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        visit = stage.first("visit") or ""
        if not visit_itinerary.programme(stage.desk, visit).count:
            for line in ("0930 1030 会面市发改委", "1000 1100 参观港口 固定", "1430 1600 会谈项目组 A组"):
                line_entry.add_itinerary_line(
                    stage.desk, visit, "2026-11-24", line_entry.read_itinerary_line(stage.desk, line)
                )
        stage.window.show_record(visit)
        screen = stage.window.record.special
        assert isinstance(screen, VisitScreen)
        screen.show_tab(tab)
        return stage.window

    return show


def _delay(stage: Stage) -> QWidget:
    """The programme of a visit, with a line begun; of its first day, if it has one, the rest is to be put off."""
    window = _visit("itinerary")(stage)
    screen = stage.window.record.special
    assert isinstance(screen, VisitScreen)
    assert screen.programme is not None
    days = visit_itinerary.programme(stage.desk, stage.first("visit") or "").days
    screen.programme.show_date(max(days, key=lambda day: len(day.items)).date)
    screen.programme.entry.line.setFocus()
    screen.programme.entry.line.insert_text("0930")
    screen.programme.rows.choose_first()
    screen.programme.do("delay")
    return window


def _preview(stage: Stage) -> QWidget:
    """The pages are made beside the window; here they are waited for."""
    dialog = PaperDialog(stage.desk, [stage.first("visit") or ""], stage.window)
    until = time.monotonic() + PATIENCE
    while not dialog.pdf and time.monotonic() < until:
        stage.app.processEvents()
        time.sleep(0.01)
    return dialog


def _lacking(stage: Stage) -> QWidget:
    return GapsDialog(papers.gaps(stage.desk, [stage.first("visit") or ""]).found, stage.window)


def _sheet(stage: Stage) -> QWidget:
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{TEXT}.csv"
        sheets.export(stage.desk, ListView("organisation"), file)
        return SheetPreview(sheets.import_sheet(stage.desk, file, kind="organisation", dry_run=True), stage.window)


def _mapping(stage: Stage) -> QWidget:
    rows = ((TEXT, TEXT, TEXT * 40), (TEXT, TEXT * 30), (TEXT, ""), ("", TEXT))
    sheet = Sheet(TEXT, tuple(SheetRow(number, cells) for number, cells in enumerate(rows, 1)))
    table = sheets.SheetTable(TEXT, (TEXT, f"{TEXT} 2"), sheet, 0, "person", {0: "place"})
    return SheetMapping(table, lambda _kind, _sheet: table, stage.window)


def _incoming(stage: Stage) -> QWidget:
    lines = (IncomingLine(1, TEXT, TEXT), IncomingLine(2, TEXT, TEXT * 30), IncomingLine(3, TEXT, TEXT, possible=False))
    return ImportPage(Plan(TEXT, "person", lines, lambda _work, _numbers: None, (TEXT,)), stage.window)


def _proposal(stage: Stage) -> QWidget:
    """A second paper on the same cities: some of it is new, some a question, and its words are counted."""
    paper = Path(__file__).parents[1] / "data" / "papers" / "11d-liuzhou-next-edition.txt"
    found = imports.read_files(stage.desk, [paper])
    return ImportPage(imports.plan_papers(stage.desk, found.papers), stage.window)


def _exchange(stage: Stage) -> QWidget:
    stage.window.enter_section(EXCHANGE)
    page = stage.window.exchange.page
    assert page is not None
    page.is_sample = False
    stage.window.exchange.places.drives = [Drive(TEXT, Path(TEXT), 12_000_000_000)]
    page.refresh()
    return stage.window


def _conflicts() -> list[Conflict]:
    time = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
    texts = [f"{TEXT}。" * 3 + "一。", f"{TEXT}。" * 3 + "二。"]
    said = tuple(SaidValue(text, text, TEXT, time, at == 0) for at, text in enumerate(texts))
    kept = tuple(SaidValue(value, TEXT, TEXT, time, shown=False) for value in (True, False))
    return [
        Conflict("1", "meeting", TEXT, "summary.zh", TEXT, said, f"{TEXT}。" * 3, text=True, record="1"),
        Conflict("2", "meeting", TEXT, "trash", TEXT, kept, record="2"),
    ]


def _received() -> Report:
    chain = "0" * 64
    line = DeviceLine("a" * 16, "", TEXT, TEXT, Head(1, chain, ""))
    sender = Sender("a" * 16, TEXT, TEXT, "1", 1, "2026-11-24T21:10:00Z")
    manifest = Manifest(chain, chain, TEXT, sender, {}, {}, (line,))
    lines = tuple(
        WrittenRecord("meeting", str(n), TEXT, what, ("title.zh", "status"), {})
        for n, what in enumerate(("new", "updated", "updated", "trashed", "separated"))
    )
    return Report(
        TEXT, new=1, updated=2, trashed=1, separated=1, merged=1, conflicts=2, newer=True, manifest=manifest, lines=lines
    )  # fmt: skip


def _same(stage: Stage) -> QWidget:
    found = records.listing(stage.desk, "person", "陈燕")[:2]
    while len(found) < 2:
        found.append(records.add(stage.desk, "person", {"name_han": HanName("陈", "燕"), "wechat": TEXT * len(found)}))
    a, b = sorted(found)
    return DuplicatesDialog(stage.desk, [Alike("person", a, b, ("han",))] * 2, stage.window)


def _unknown() -> Report:
    why = UNKNOWN_LAPTOP(file=TEXT, person=TEXT, laptop=TEXT)
    return Report(TEXT, "parked", why=why)


def _laptop(stage: Stage) -> QWidget:
    choices = [("accept", tr("exchange", "Accept this laptop"))]
    return LaptopDialog(Stranger("a" * 16, TEXT, TEXT, "482 109 371 664"), [TEXT] * 3, choices, TEXT, stage.window)


def _signing(stage: Stage) -> QWidget:
    stage.window.show_record(stage.first("agreement"))
    screen = stage.window.record.special
    if isinstance(screen, AgreementScreen):
        screen.ask()
    return stage.window


def _first_ucap(make: Callable[..., QDialog]) -> Callable[[Stage], QWidget]:
    return lambda stage: make(stage.desk, stage.first("ucap") or "", stage.window)


# They speak of a paper, of the manual, or of the English texts, in their own language.
WITHOUT_PAPERS = ("import-report", "assign", "incoming-paper", "manual", "drafts")

PAGES = (
    Page("home", _at(HOME)),
    Page("week", _at(WEEK)),
    *(Page(f"visit-{tab}", _visit(tab)) for tab in ("delegation", "checklist", "details")),
    Page("visit-delay", _delay),
    Page("visit-itinerary", _visit("itinerary")),
    Page("list-ucap", _at("ucap")),
    Page("list-empty", _at("gift")),
    Page("trash", _at(TRASH)),
    *(Page(f"record-{kind}", _record(kind)) for kind in sorted(LISTED, key="ucap".__eq__)),
    Page("search", _search),  # the record before it stays as it is shown
    Page("said", _said),
    Page("house_style", lambda stage: HouseStyleDialog(stage.desk, stage.window)),
    Page("settings", lambda stage: SettingsDialog(stage.desk, stage.window)),
    Page("keys", lambda stage: ShortcutsDialog(lambda: None, stage.window)),
    Page("about", lambda stage: AboutDialog(lambda: None, stage.window)),
    Page("manual", lambda stage: ManualDialog(stage.window)),
    Page("history", _first_ucap(HistoryDialog)),
    Page("preview", _preview),
    Page("lacking", _lacking),
    Page("columns", lambda stage: ColumnsDialog(KINDS["meeting"], ("when",), stage.window)),
    Page(
        "change-many",
        lambda stage: BulkDialog(stage.desk, KINDS["meeting"], records.listing(stage.desk, "meeting"), stage.window),
    ),
    Page("export", lambda stage: ExportDialog(5, 2, stage.window)),
    Page("sheet", _sheet),
    Page("mapping", _mapping),
    Page(
        "templates", lambda stage: TemplatesDialog(stage.desk, stage.first("visit") or "", "visit", TEXT, stage.window)
    ),
    Page("retention", lambda stage: RetentionDialog(personal_data.retention(stage.desk), stage.window)),
    Page("seating", lambda stage: SeatingDialog(stage.desk, stage.first("meeting") or "", stage.window)),
    Page("partnership", lambda stage: PartnershipDialog(stage.desk, stage.first("ucap") or "", "UCAP", stage.window)),
    Page("drafts", lambda stage: InterfaceDraftsDialog(lambda: None, stage.window)),
    Page("worklist", lambda stage: WorklistDialog(stage.desk, parent=stage.window)),
    Page("incoming", _incoming),
    Page("incoming-paper", _proposal),
    Page("outgoing", lambda stage: OutgoingDialog(file_formats.outgoing_formats("person"), TEXT, stage.window)),
    Page("prompt", lambda stage: Prompt(TEXT, TEXT, lambda _: None, hint=TEXT, parent=stage.window)),
    Page("quit", lambda stage: QuitDialog(TEXT, TEXT, stage.window)),
    Page("first-run", lambda stage: FirstRun(stage.app, stage.window)),
    Page("picker", _picker),
    Page("signing", _signing),
    Page("date", lambda stage: DateDialog(date(2026, 11, 24), stage.window)),
    Page("exchange", _exchange),
    Page("decide", lambda stage: ConflictDialog(stage.desk, _conflicts(), stage.window)),
    Page("receive", lambda stage: ReceiveDialog(stage.desk, [_received(), _unknown()], stage.window)),
    Page("laptop", _laptop),
    Page("same", _same),
    Page("join", lambda stage: JoinDialog(stage.desk, _received().manifest, "", stage.window)),
    Page("import-report", _report),
    Page("assign", lambda stage: AssignDialog(stage.desk, resource("sample/ucap-liuzhou.txt"), stage.window)),
    Page("new-workspace", lambda stage: NewWorkspaceDialog(stage.window)),
    Page("new-passphrase", lambda stage: NewPassphraseDialog(stage.desk, stage.window)),
    Page("passphrase", lambda stage: PassphraseDialog("柳州", TEXT, tr("workspace", "Open"), stage.window)),
    Page("start", lambda stage: StartDialog(FILE_NOT_THERE(file=TEXT), Path(TEXT), stage.window)),
)
# Kinds whose records fill a page: a form of few fields looks the same on any desk.
FULL = ("agreement", "meeting", "visit", "ucap", "person", "organisation", "place", "itinerary_item", "transport_leg")
TELLING = (
    *(
        "home",
        "week",
        "visit-delegation",
        "visit-delay",
        "visit-itinerary",
        "list-ucap",
        "search",
        "history",
        "preview",
    ),
    *("lacking", "seating", "worklist", *(f"record-{kind}" for kind in FULL)),
)
TELLING_PAGES = tuple(page for page in PAGES if page.name in TELLING)  # Those that look otherwise on another desk
# Pages that tell of no record, and so look the same on any desk.
SAME = frozenset(
    "settings keys about manual columns export mapping drafts incoming outgoing prompt quit first-run picker date decide receive "
    "laptop new-workspace new-passphrase passphrase start".split()
)
