"""The page of a record: the message bar, the area that scrolls, files dropped on it, its header, and the interface of the record view for the screens of kinds.

Each record gets a new page. The bar is shown only while the user must know or decide something. Files are also taken from a text box, which would take their names instead.

The page asks before a record goes to the Trash that others link to, and what to do with an attachment that another program changed in its copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ucapdesk.base.clock import local_now
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import LANGUAGES, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.record import Record
from ucapdesk.model.rules.record_rules import missing_fields, missing_languages
from ucapdesk.model.serialize import kind_of
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files, records
from ucapdesk.services.records.lists import language_mark
from ucapdesk.services.records.records import warnings_of
from ucapdesk.services.records.related import usage
from ucapdesk.ui.record.saving import LineDraft, Saving, Target
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.keyboard_focus import follow_focus, highlight
from ucapdesk.ui.toolkit.layouts import REST, STRETCH, column, discard, flow, grow, grow_with_contents, row
from ucapdesk.ui.toolkit.signals import application, running
from ucapdesk.ui.toolkit.text_inputs import TextInput
from ucapdesk.ui.toolkit.widgets import (
    ElidedButton,
    WrappingLabel,
    ask,
    breakable,
    button,
    cut,
    filled_on_open,
    label,
    menu_tool,
    named,
    set_tool_tip,
    set_up,
)
from ucapdesk.ui.window.window_layout import WindowLayout


class BarAnswer(NamedTuple):
    """A button of the bar: the last part of its object name, its label, and its function."""

    name: str
    label: str
    do: Callable[[], object]


class MessageBar(QFrame):
    """One sentence with its answers. It never takes the focus."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label(selectable=True, parent=self)
        self._row = row(grow(self._label), on=self, gap=theme.GAP, margins=(theme.MARGIN, 4, theme.GAP, 4))
        self._buttons: list[QPushButton] = []
        self.about = ""  # the topic of the message, by which its author can clear it
        self.hide()

    def say(self, about: str, sentence: str, *answers: BarAnswer, problem: bool = False, closes: bool = True) -> None:
        """Show a sentence; ``problem``: something is not saved."""
        discard(*self._buttons)
        self.about = about
        self._label.setText(breakable(sentence))
        theme.role(self, "problem" if problem else "banner")
        closing = [BarAnswer("close", tr("notice", "Close"), lambda: self.clear(about))] if closes else []
        self._buttons = [self._button(answer) for answer in (*answers, *closing)]
        self.setVisible(True)

    def _button(self, answer: BarAnswer) -> QPushButton:
        look = "quiet" if answer.name == "close" else ""
        made = button(f"{self.objectName()}.{answer.name}", answer.label, answer.do, look, parent=self)
        self._row.addWidget(made)
        return made

    def clear(self, about: str) -> None:
        if self.about == about:
            self.about = ""
            self.hide()


WIDEST = 1280  # width of the widest form, in pixels of the usual text size


class PageArea(QScrollArea):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("record.page")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room = QWidget()
        self._layout = row(REST, on=self._room, margins=0)  # which is what a page leaves free on a wide screen
        self.shown: QWidget | None = None  # the page, if there is one
        self.setWidget(self._room)

    def new_page(self) -> QWidget:
        """Return an empty page, hidden behind the old one, which is there a moment longer."""
        self.setAccessibleName(tr("record", "Record"))
        page = self.shown = QWidget(self._room)  # where it will be: a widget that moves is dressed once more
        page.lower()
        page.setObjectName("page")
        return page

    def show_page(self, page: QWidget, *, whole: bool) -> None:
        """Show a page from its top; a form is no wider than its lines are read well, unless it is ``whole``."""
        if not whole:
            page.setMaximumWidth(theme.px(WIDEST))
        self._layout.insertWidget(0, page, 1)
        page.show()
        self.verticalScrollBar().setValue(0)
        grow_with_contents(page)

    def point_at(self, widget: QWidget) -> None:
        """Scroll to a widget without the focus and frame it; the page stays there, as where a user scrolled it."""
        self.ensureWidgetVisible(widget)
        self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderMove)
        highlight(widget)

    def take_down(self) -> None:
        """Remove the page; it may be handling an event, so it is deleted later."""
        page, self.shown = self.shown, None
        if page is not None:
            self._layout.removeWidget(page)
            for timer in running(page):  # it shows nothing any more, and the workspace may be closed first
                timer.stop()
            discard(page)


TYPED_IN = (TextInput, QLineEdit, QTextEdit, QPlainTextEdit)  # what takes pasted text itself
SEARCHES = "searches"  # the property of a line of text that only searches


def files_in(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


class FileDrop(QObject):
    """Watches a page for drops that nothing in it accepts, and its focused widget for pasting.

    ``take`` is handed what comes, and says whether it took it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.take: Callable[[QMimeData], bool] | None = None
        self.take_rows: Callable[[str], bool] | None = None  # is handed text pasted where nothing is typed

        self._page: QWidget | None = None
        self._frame: QFrame | None = None
        application().focusChanged.connect(self._focus_moved)

    def watch(self, page: QWidget | None) -> None:
        self._page = page
        if page is not None:
            page.setAcceptDrops(True)
            page.installEventFilter(self)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        follow_focus(self, self._page, before, now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.take is None and self.take_rows is None:
            return False
        if isinstance(event, QDragLeaveEvent):
            self._frame_page(on=False)
        if isinstance(event, QDropEvent):  # entering and moving are such events too
            return self._drop(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.matches(QKeySequence.StandardKey.Paste) and self._paste(watched)
        return False

    def _frame_page(self, *, on: bool) -> None:
        page, frame = self._page, self._frame
        if on and page is not None and (frame is None or not isValid(frame)):
            self._frame = frame = named(QFrame(page), "record.drop", role="highlight")
            frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            frame.setGeometry(page.visibleRegion().boundingRect().adjusted(2, 2, -2, -2))
            frame.show()
            frame.raise_()
        elif not on and frame is not None and isValid(frame):
            discard(frame)
            self._frame = None

    def _drop(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        files = bool(files_in(data)) or (data.hasImage() and not data.hasText())
        if self.take is None or not files:
            return not files and self._drop_text(event)
        if event.type() != QEvent.Type.Drop:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._frame_page(on=True)
            return True
        self._frame_page(on=False)
        event.setAccepted(self.take(data))
        return True

    def _drop_text(self, event: QDropEvent) -> bool:
        """Take lines of text dragged from elsewhere, as pasted ones; what they make is shown as soon as the drop is over."""
        text, take = event.mimeData().text() if event.mimeData().hasText() else "", self.take_rows
        if take is None or event.source() is not None or not any(sign in text.strip() for sign in "\t\n"):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._frame_page(on=event.type() != QEvent.Type.Drop)
        if event.type() == QEvent.Type.Drop:
            QTimer.singleShot(0, self, lambda: take(text))
        return True

    def _paste(self, watched: QObject) -> bool:
        data = QGuiApplication.clipboard().mimeData()
        # A table makes no sense in a line that only searches; the list below may be empty, with the keys in that line.
        searched = bool(watched.property(SEARCHES)) and "\t" in data.text()
        if data.hasText() and self.take_rows is not None and (searched or not isinstance(watched, TYPED_IN)):
            return self.take_rows(data.text())
        there = bool(files_in(data)) or (data.hasImage() and not data.hasText())
        return there and self.take is not None and self.take(data)


class ExternalEdits(QObject):
    """Checks opened copies, whatever record is shown meanwhile, when the window is activated again, and before it goes."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._copies, self._asking = desk.workspace.copies_out, False
        self._copies.go_on()
        application().applicationStateChanged.connect(self._look)

    def open(self, attachment: str) -> None:
        """Open a copy in the program that the system has for it. Raises what keeps it from being opened."""
        from ucapdesk.ui.toolkit.dialogs import open_attachment

        if self.ask():
            open_attachment(self._desk, attachment)

    def _look(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and not self._asking:
            self.ask()

    def ask(self) -> bool:
        """Ask about each copy that was changed since; return False where one that was to be kept could not be."""
        there = [] if self._desk.workspace.read_only else self._copies.changed()
        self._asking = True
        try:  # another program may remove the next one while one is asked about
            kept = [self._offer(attachment, copy) for attachment, copy in there if copy.is_file()]
        finally:
            self._asking = False
        return all(kept)

    def _offer(self, attachment: str, copy: Path) -> bool:
        at = copy.stat().st_mtime_ns
        said = tr(
            "files",
            "“{name}” was changed in another program. Keep the changed file? The earlier one stays in the history.",
            name=copy.name,
        )
        yes, no = tr("files", "Keep the changed file"), tr("files", "Leave it as it was")
        if ask(self._over.window(), "files.changed", said, [yes, no]) == 0:
            try:
                attached_files.put_back(self._desk, attachment, copy)
            except UserError as error:
                ask(self._over.window(), "files.failed", error.say(), [tr("notice", "Close")])
                return False
        self._copies.note(attachment, copy, at)
        return True


def may_go(desk: Desk, ids: Sequence[str], parent: QWidget) -> bool:
    """Return whether records may be trashed: nothing else links to them, or the user confirms after reading what does."""
    found = usage(desk, ids)
    if not found.total:
        return True
    after = tr("trash", "There it is missing as long as it is in the Trash. Undo and the Trash bring it back.")
    said = "\n".join([_question(desk, ids, found.total), *(f"• {each}" for each in found.lines()), "", after])
    answers = [tr("trash", "Move to the Trash"), tr("window", "Keep it")]
    return ask(parent.window(), "trash.question", said, answers) == 0


def _question(desk: Desk, ids: Sequence[str], n: int) -> str:
    if len(ids) > 1:
        return ntr("trash", "The selected records are used in {n} other record:",
                   "The selected records are used in {n} other records:", n)  # fmt: skip
    title = " ".join(records.title(desk, ids[0]).split())
    return ntr(
        "trash", "“{title}” is used in {n} other record:", "“{title}” is used in {n} other records:", n, title=title
    )


Made = TypeVar("Made")


class RecordPage(QWidget):
    """One record while it is shown: its parts, the text being typed, and the message bar.

    Attributes:
        copies: The attachments that are open in other programs.
        refresh: Reads the shown record again; text being typed stays.
        focus_field: Scrolls to a field or a list of parts (``title``, ``title.zh``, ``signatory``), focuses it and frames it.
        take_rows: Previews people in rows as people of the record shown; returns False where it has none.
        make_now: Returns the id of the record; creates it from its given values if needed, so that a part can belong to it.

    Signals:
        saved(): something was written.
        opened(str): another record is to be shown.
        left(): Escape was pressed: back to the list.
        shown(): another record is shown, or none.
        done(str): something was done that Undo takes back; the sentence that says so.
        asked(str, tuple): a command of the window is to be run, by its name, with what it is given.
        sides_changed(): sides may be called otherwise now.
    """

    saved = Signal()
    opened = Signal(str)
    left = Signal()
    shown = Signal()
    done = Signal(str)
    asked = Signal(str, object)
    sides_changed = Signal()

    bar: MessageBar
    saving: Saving
    page: PageArea
    copies: ExternalEdits

    refresh: Callable[[], None]
    focus_field: Callable[[str], bool]
    take_rows: Callable[[str], bool]
    make_now: Callable[[], str]

    def __init__(self, desk: Desk, arrangement: WindowLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.arrangement = desk, arrangement
        self.record: Record | None = None
        # The parts of the record by kind, read once for the form, the screen and the lists.
        self.owned: dict[str, list[Record]] = {}
        self.target: Target | None = None  # the record that the page shown writes into
        # The given values of a record that is not created yet, with its owner if it has one; None for an existing
        # record.
        self._new: dict[str, Any] | None = None

    @property
    def id(self) -> str | None:
        """The id of the record shown, if it is created."""
        return self.record.id if self.record is not None and self._new is None else None

    @property
    def read_only(self) -> bool:
        """Whether the record shown cannot be changed: its workspace cannot, or it is in the Trash."""
        return self.desk.workspace.read_only or bool(self.record and self.record.is_deleted)

    def keep_line(self, line: QLineEdit) -> None:
        """Keep what is typed in a line of the page shown, where it can be written, also once another page is shown."""
        target = self.target
        if target is not None and not self.read_only:
            LineDraft(self.desk, lambda: target.half_id, line)

    def save_now(self) -> bool:
        return self.saving.save_now()

    def can_leave(self) -> bool:
        """Save what is being typed. Return False where a valid value could not be written: it must not be left behind."""
        return self.save_now() or not self.saving.has_unsaved

    def perform(self, action: Callable[[], object]) -> bool:
        """Do something; show why where it fails. Return whether it succeeded."""
        try:
            action()
        except UserError as error:
            self.tell(error)
            return False
        return True

    def attempt(self, action: Callable[[], object]) -> bool:
        """Save what is being typed, then do something that writes, as ``perform`` does."""
        if not self.can_leave() or not self.perform(action):
            return False
        self.bar.clear("told")
        self.saved.emit()
        return True

    def made(self, make: Callable[[], Made]) -> Made | None:
        """Do something that writes, as ``attempt`` does; return what it returned, None where it was not done."""
        made: list[Made] = []
        return made[0] if self.attempt(lambda: made.append(make())) else None

    def trash_part(self, id_: str, title: str = "") -> bool:
        """Move a part to the Trash, after a question where something counts on it. Return whether it went."""
        said = " ".join((title or records.title(self.desk, id_)).split())
        if not may_go(self.desk, [id_], self) or not self.attempt(lambda: records.trash(self.desk, id_)):
            return False
        self.done.emit(tr("window", "“{title}” is in the Trash. Undo brings it back.", title=said))
        return True

    def tell(self, error: UserError) -> None:
        self.bar.say("told", error.say())

    @property
    def takes_people(self) -> bool:
        raise NotImplementedError


# The commands that the ⋯ menu offers when they are available; an empty name is a separator.
MENU = (
    "record.duplicate", "record.same_as", "record.history", "file.print", "", "record.attach", "record.save_copy", "",
    "record.trash", "record.restore",
)  # fmt: skip
MAX_TITLE_CHARS = 201  # maximum length of the title in the header; the field has all of it
MISSING = {f"missing.{lang}": "gap" for lang in LANGUAGES}
# The chips under the title, in order, with their roles in the style sheet.
CHIPS = {"draft": "draft", **MISSING, "alike": "gap", "compare": "quiet", "differs": "quiet"}


class TopRow(QWidget):
    """The line that stays while the form scrolls: the owner of the record, its kind, the state of saving, and a menu."""

    def __init__(self, view: RecordPage) -> None:
        super().__init__(view)
        self._owner_id = ""
        owner = ElidedButton(parent=self)
        self._owner = set_up(owner, "record.owner", lambda: view.opened.emit(self._owner_id), "quiet")
        self._kind = label(role="caption", wrap=False, parent=self)
        self.state = label(role="caption", name="record.state", wrap=False, parent=self)
        self.menu = menu_tool(
            "record.menu", tr("record", "More commands"), filled_on_open(QMenu(self), self._fill_menu), self
        )
        wide = grow(self._kind, 9)  # a label that wraps has the width it is given
        row(self._owner, wide, STRETCH, self.state, self.menu, on=self, gap=theme.GAP, margins=(theme.MARGIN, 4))

    def show_record(self, record: Record, owner: str, owner_title: str, *, made: bool) -> None:
        self._kind.setText(kind_of(record).label())
        self._kind.setVisible(not owner)  # beside the owner there is no room for it; then it stands over the title
        self._owner_id = owner
        self._owner.setVisible(bool(owner))
        if owner:
            title = " ".join(owner_title.split())
            self._owner.setText(f"‹ {title}".replace("&", "&&"))
            set_tool_tip(self._owner, title)
            self._owner.setAccessibleName(tr("record", "Belongs to: {title}", title=title))
        self.menu.setVisible(made)

    def say_nothing(self) -> None:
        self._say("", "caption")

    def say_saving(self) -> None:
        self._say(tr("record", "Saving…"), "caption")
        self.state.repaint()

    def say_saved(self) -> None:
        self._say(tr("window", "Saved {time}", time=local_now().strftime("%H:%M")), "caption")

    def say_not_saved(self) -> None:
        """Show that a text is still only in its field; the reason stands elsewhere."""
        self._say(tr("record", "Not saved"), "error")

    def _say(self, text: str, role: str) -> None:
        self.state.setText(text)
        if self.state.property("role") != role:
            theme.role(self.state, role)

    def _fill_menu(self, menu: QMenu) -> None:
        for name in MENU:
            action = self.window().findChild(QAction, name) if name else None
            if not name and menu.actions() and not menu.actions()[-1].isSeparator():
                menu.addSeparator()
            if isinstance(action, QAction) and action.isEnabled():
                menu.addAction(action)


class Header(QWidget):
    """The title in both languages, chips for gaps, and warnings of what cannot be right.

    Signals:
        parted(): the possible duplicate is a different thing.
    """

    parted = Signal()

    def __init__(self, view: RecordPage, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._view, self._desk = view, view.desk
        self.kind, self.title, self.second, self.warned = (WrappingLabel(self) for _ in range(4))
        shown = {self.kind: "second", self.title: "page", self.second: "second", self.warned: "warning"}
        for each, role in shown.items():
            each.setProperty("role", role)
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.warned.setObjectName("record.warnings")
        self._column = column(*shown, on=self, gap=2, margins=0)
        self._made: dict[str, QPushButton] = {}  # the chips; a record that lacks nothing never needs them

    @property
    def _chips(self) -> dict[str, QPushButton]:
        if not self._made:
            around = self._around = QWidget(self)
            compare = partial(self._view.asked.emit, "record.compare", ())
            does: dict[str, Callable[[], object]] = {"alike": compare, "compare": compare, "differs": self.parted.emit}
            said = {"compare": tr("same", "Compare"), "differs": tr("same", "Not the same")}
            for name, role in CHIPS.items():
                chip = ElidedButton(said.get(name, "").replace("&", "&&"), around)
                self._made[name] = set_up(chip, f"record.{name}", does.get(name, partial(self._lead, name)), role)
                chip.hide()
            flow(*self._made.values(), on=around).setContentsMargins(0, 4, 0, 0)
            self._column.insertWidget(self._column.indexOf(self.warned), around)
        return self._made

    def _lead(self, chip: str) -> None:
        self._view.focus_field(str(self._made[chip].property("goal")))

    def show_record(self, record: Record, title: str, second: str, *, made: bool) -> None:
        kind = kind_of(record)
        self.kind.setText(kind.label())
        self.kind.setVisible(bool(getattr(record, "owner", None)))
        self.title.setText(cut(title, MAX_TITLE_CHARS) if made else tr("record", "New: {kind}", kind=kind.label()))
        self.second.say(cut(second, MAX_TITLE_CHARS) if made else "")
        lacking = [kind.fields[name] for name in missing_fields(record)]
        fields = tr("log", ", ").join(each.label() for each in lacking)
        said = tr("record", "Draft: {fields} missing", fields=fields) if lacking else ""
        tip = tr("record", "It is a draft until this is filled in. Press to go to the first.")
        self._set("draft", said, lacking[0].name if lacking else "", tip)
        gaps = missing_languages(record)
        for lang in LANGUAGES:
            where = [name for name, lacks in gaps.items() if lang in lacks]
            said = tr("record", "{language} missing {n}", language=language_mark(lang), n=len(where)) if where else ""
            whole = code_label("languages", lang)
            tip = tr("record", "Texts without {language}. Press to go to the first.", language=whole)
            self._set(f"missing.{lang}", said, f"{where[0]}.{lang}" if where else "", tip)
        warned = warnings_of(self._desk, record.id) if made else []
        self.warned.say("\n".join(each.say() for each in warned))

    def say_alike(self, text: str, tip: str, *, asks: bool = False) -> None:
        """Show the possible duplicate (with ``asks``, its answers too) or the merged records; an empty text hides the chip."""
        if not text and not self._made:
            return
        for name in ("compare", "differs"):
            self._chips[name].setVisible(asks)
        if text.replace("&", "&&") != self._chips["alike"].text():  # an unchanged text needs no new layout
            self._set("alike", text, "", tip)

    def _set(self, name: str, text: str, goal: str, tip: str) -> None:
        if not text and not self._made:
            return
        chip = self._chips[name]
        chip.setText(text.replace("&", "&&"))
        chip.setProperty("goal", goal)
        set_tool_tip(chip, tip)
        chip.setAccessibleDescription(tip)
        chip.setVisible(bool(text))
        self._around.setVisible(any(not each.isHidden() for each in self._made.values()))
