"""The dialogs of the exchange: the preview of packages, joining a colleague's workspace, a laptop's check number, and conflicts.

Conflicts are decided one field after another, by keyboard or mouse. A check number is read to a colleague, or compared
before a laptop is accepted. Cancelling leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.exchange.conflicts import Conflict, SaidValue
from ucapdesk.services.exchange.exchange_service import (
    APPLIED,
    KNOWN,
    PACKAGE_OF_OTHER_WORKSPACE,
    WAITING,
    Manifest,
    Report,
    Stranger,
)
from ucapdesk.services.records import history
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.exchange.exchange_words import counts, hints, made, moment
from ucapdesk.ui.record.record_dialogs import marked
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, fit_dialog
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import (
    STRETCH,
    Part,
    column,
    discard,
    flow,
    framed,
    grow,
    grow_with_contents,
    left,
    panel,
    row,
    scrolled,
)
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.widgets import (
    ButtonBox,
    ElidedButton,
    breakable,
    label,
    named,
    press_by_enter,
    set_tool_tip,
    set_up,
)


class LaptopDialog(Dialog):
    """Shows the laptop, its number, and the choices. Neither Enter nor Space presses a button that was not focused by the user."""

    by_enter = False

    def __init__(
        self,
        laptop: Stranger,
        sentences: Sequence[str],
        choices: Sequence[tuple[str, str]],
        out: str,
        parent: QWidget | None = None,
    ) -> None:
        """Args:
        laptop: Which one.
        sentences: What is to be known before something is chosen.
        choices: Names and words of the buttons.
        out: The word of the way out.
        parent: The widget it stands over.
        """
        super().__init__("laptop", tr("exchange", "Check number of a laptop"), parent)
        for name, text in choices:
            self.foot.other(f"laptop.{name}", text, partial(self.leave, name))
        self.foot.out(out, "laptop.out")
        heading = tr("exchange", "Check number")
        self.number = label(laptop.number or "—", "number", name="laptop.number", wrap=False)
        figures = ", ".join(" ".join(group) for group in laptop.number.split())  # to be read aloud one by one
        self.number.setAccessibleName(f"{heading}: {figures}")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        flags = Qt.TextInteractionFlag
        self.number.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lay_out(
            label(tr("exchange", "It calls itself"), "caption"),
            label(breakable(dotted(laptop.person, laptop.label) or "—"), "strong"),
            label(heading, "caption"),
            self.number,
            *(label(breakable(sentence)) for sentence in sentences),
            STRETCH,
            size=(560, 0),
        )
        self.number.setFocus()


JOIN = "join"


class ReceiveDialog(Dialog):
    """The chosen packages, and what of them can be applied now.

    It is left with ``JOIN`` where one of another workspace is to be opened as that. About laptops that nobody knows it was
    asked before.
    """

    def __init__(self, desk: Desk, reports: Sequence[Report], parent: QWidget | None = None) -> None:
        super().__init__("receive", tr("exchange", "Receive changes"), parent)
        self._desk = desk
        told = [label(breakable(text), role, selectable=True) for report in reports for text, role in _told(report)]
        lists = any(report.lines for report in reports)
        page = panel(column(*told, grow(self._table(reports)) if lists else STRETCH, gap=theme.FIELDS), name="page")
        area = scrolled(page, self)  # before the buttons: what comes first has the focus first
        self._add_buttons(reports)
        self.lay_out(grow(area), size=(880, 520 if lists else 320), gap=None)
        grow_with_contents(page)

    def _table(self, reports: Sequence[Report]) -> TextTable:
        what = {
            "new": tr("exchange", "New"),
            "updated": tr("exchange", "Updated"),
            "trashed": tr("exchange", "To the Trash"),
            "separated": tr("exchange", "Separated again"),
        }
        heads = (
            (tr("exchange", "What"), 100),
            (tr("exchange", "Kind"), 120),
            tr("exchange", "Record"),
            (tr("history", "Field"), 330),
        )
        table = TextTable("receive.records", tr("exchange", "What will change"), heads, self)
        table.setMinimumHeight(theme.px(200))
        rows = []
        for line in (line for report in reports for line in report.lines):
            changes = exchange_service.changes(self._desk, line) if line.what == "updated" else []
            rows.append((what[line.what], KINDS[line.kind].label(), line.title or "—", "\n".join(changes)))
        table.fill(rows)
        return table

    def _add_buttons(self, reports: Sequence[Report]) -> None:
        foot = self.foot
        news = [report for report in reports if report.state == APPLIED]
        foot.out(tr("exchange", "Not now") if news else tr("notice", "Close"), "receive.later")
        if not news and any(each.code == PACKAGE_OF_OTHER_WORKSPACE.code for each in reports):
            foot.main("receive.join", tr("exchange", "Open as a workspace of its own…"), partial(self.leave, JOIN))
        if news:
            n = sum(report.written for report in news)
            foot.main("receive.apply", ntr("exchange", "Apply {n} change", "Apply {n} changes", n), self.accept)


def _told(report: Report) -> Iterator[tuple[str, str]]:
    manifest = report.manifest
    if manifest is not None:
        who = dotted(manifest.sender.person, manifest.sender.label)
        yield tr("exchange", "Package from {who}", who=who or "—"), "page"
        yield tr("exchange", "{file} · made {time} · checked", file=report.file, time=made(manifest)), "second"
    else:
        yield report.file, "page"
    if report.state == APPLIED:
        yield counts(report), "strong"
        yield from ((hint, "") for hint in hints(report))
    elif report.state == KNOWN:
        yield tr("exchange", "You already have all of this."), ""
    elif report.why is not None:
        yield report.why.say(), "warning" if report.state == WAITING else "error"


class JoinDialog(Dialog):
    """Shows the contents of a package. Once accepted, ``person`` is the user's name."""

    def __init__(self, desk: Desk, manifest: Manifest | None, person: str, parent: QWidget | None = None) -> None:
        super().__init__("join", tr("first", "A colleague’s workspace"), parent)
        who = tr("exchange", "Package from {who}", who=manifest.sender.person or "—") if manifest is not None else ""
        counts = [f"{KINDS[kind].plural()} {n}" for kind, n in exchange_service.package_contents(desk)]
        not_here = maintenance.say_not_here(desk)
        people = self._people(desk, person)
        line = LineEdit(self, text="" if self._chosen() else person)
        self.other = named(line, "first.me.other", tr("settings", "Your name"))
        self.other.textEdited.connect(lambda _: self._choose(None))
        shown = column(
            label(breakable(desk.workspace.name), "page"),
            label(breakable(who), "second") if who else None,
            label("  ·  ".join(counts) or tr("first", "An empty workspace of your own."), "strong"),
            label(not_here, "second") if not_here else None,
            theme.GAP,
            label(tr("first", "Who are you?"), "group"),
            people,
            label(tr("first", "Or somebody else:"), "caption"),
            self.other,
            label(tr("first", "What you write is signed with this name."), "second"),
            STRETCH,
            gap=theme.FIELDS,
        )
        self.foot.main("receive.apply", tr("first", "Get started"), self.accept).setDefault(True)
        self.foot.out(tr("exchange", "Not now"), "receive.later")
        page = panel(shown, name="page")
        self.lay_out(grow(scrolled(page, self)), size=(640, 420), gap=None)
        grow_with_contents(page)

    @property
    def person(self) -> str:
        return self._chosen() or " ".join(self.other.text().split())

    def _people(self, desk: Desk, person: str) -> QWidget:
        self._chips: dict[QPushButton, str] = {}
        for key, name in exchange_service.newcomers(desk).items():
            chip = set_up(ElidedButton(name), f"first.me.{key}", role="chip", checked=name == person)
            chip.clicked.connect(lambda _=False, chip=chip: self._choose(chip))
            self._chips[chip] = name
        held = panel(flow(*self._chips), self)
        held.setVisible(bool(self._chips))
        return held

    def _chosen(self) -> str:
        return next((name for chip, name in self._chips.items() if chip.isChecked()), "")

    def _choose(self, chip: QPushButton | None) -> None:
        for each in self._chips:
            each.setChecked(each is chip)
        if chip is not None:
            self.other.clear()


BOTH = 3  # The number of the choice to keep all, where there are two values


class ConflictDialog(Dialog):
    """The conflicts, one at a time. 1, 2, 3 … choose a value; ``Ctrl+Enter`` goes on, and closes the dialog at the end.

    ``decided`` counts what was decided.
    """

    def __init__(self, desk: Desk, waiting: Sequence[Conflict], parent: QWidget | None = None) -> None:
        super().__init__("decide", tr("decide", "Conflicts"), parent)
        self._desk, self._at, self._waiting = desk, 0, waiting
        self.decided = self._choice = 0
        self._column = column(on=self, gap=theme.FIELDS)
        self._page: QWidget | None = None
        self.on_confirm(self.go_on)
        self._show()
        fit_dialog(self, 940, 560)

    # -- one field --------------------------------------------------------------------------------

    @property
    def conflict(self) -> Conflict:
        return self._waiting[self._at]

    def _show(self) -> None:
        discard(self._page)
        self._choice = next((n for n, each in enumerate(self.conflict.candidates, 1) if each.shown), 1)
        page = self._page = QWidget(self)
        self.fail("")
        parts = self._head(), grow(self._values()), *self._result(), self.message, self._foot()
        column(*parts, on=page, gap=theme.FIELDS, margins=0)
        self._column.addWidget(page)
        self.next.setFocus()

    def _head(self) -> QVBoxLayout:
        conflict = self.conflict
        kind = KINDS[conflict.kind].label() if conflict.kind in KINDS and not KINDS[conflict.kind].cls.reserved else ""
        before = tr("decide", "Before: {text}", text=conflict.before)
        return column(
            label(dotted(tr("decide", "{n} of {of}", n=self._at + 1, of=len(self._waiting)), kind), "caption"),
            label(breakable(conflict.title or "—"), "page"),
            label(breakable(self._question()), "strong"),
            label(breakable(before), "second") if conflict.before else None,
            gap=4,
        )

    def _question(self) -> str:
        conflict = self.conflict
        if conflict.field != history.TRASH:
            return conflict.label
        if conflict.record != conflict.id:
            return tr("decide", "{field}: one removed it, another kept it", field=conflict.label)
        return conflict.told

    def _values(self) -> QScrollArea:
        self.cards: list[QPushButton] = []
        made = [grow(self._card(number, said)) for number, said in enumerate(self.conflict.candidates, 1)]
        cards = row(*made, gap=theme.FIELDS) if len(made) == 2 else column(*made, STRETCH, gap=theme.FIELDS)
        notes = [label(breakable(note), "second") for note in self._notes()]
        return scrolled(panel(column(grow(cards), *notes, gap=theme.GAP), name="page"), self, "decide.values")

    def _card(self, number: int, said: SaidValue) -> QFrame:
        who = tr("decide", "Yours") if said.own else said.person or "—"
        name, take = f"decide.{number}", partial(self.choose, number)
        choose = set_up(ElidedButton(f"{number}   {who}"), name, take, "chip", checked=number == self._choice)
        self.cards.append(choose)
        text = label(said.said or tr("decide", "(empty)"), selectable=True)
        if self.conflict.text and self.conflict.before:
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setText(marked(self.conflict.before, said.said))
        when = label(breakable(moment(said.time)), "caption")
        margins = (theme.FIELDS, theme.GAP, theme.FIELDS, theme.FIELDS)
        return framed(column(left(choose), when, text, STRETCH, gap=theme.GAP, margins=margins), "card")

    def _result(self) -> list[Part]:
        self.result_box: TextEdit | None = None
        if not self.conflict.text:
            return []
        name = tr("decide", "Result (you can edit it)")
        self.result_box = named(TextEdit(self), "decide.result", name)
        self.result_box.put(self.conflict.candidates[self._choice - 1].said)
        return [label(breakable(name), "caption"), self.result_box]

    def _notes(self) -> list[str]:
        stays = tr("decide", "What is not chosen stays in the history of the record.")
        name, _, lang = self.conflict.field.partition(".")
        if not (self.conflict.text and lang):
            return [stays]
        value = getattr(self._desk.read.record(self.conflict.id), name, None)
        others = [code_label("languages", each) for each in value or () if each != lang]
        return [
            *(
                tr("decide", "Check the text in {language} as well: it was written for one of these.", language=each)
                for each in others
            ),
            stays,
        ]

    def _foot(self) -> ButtonBox:
        foot = ButtonBox(self, by_enter=False)
        look = partial(self.leave, look_at=self.conflict.record)
        foot.beside("decide.look", tr("decide", "Open the record"), look, "quiet")
        if self._all_stay:
            n = len(self.conflict.candidates) + 1
            said = tr("decide", "{n} Keep both", n=n) if n == BOTH else tr("decide", "{n} Keep all", n=n)
            foot.beside("decide.both", said, lambda: self.choose(n))
        last = self._at + 1 == len(self._waiting)
        self.next = foot.main("decide.next", tr("decide", "Done") if last else tr("decide", "Next"), self.go_on)
        set_tool_tip(self.next, "Ctrl+Enter")
        foot.out(tr("decide", "Later"), "decide.later")
        return foot

    @property
    def _all_stay(self) -> bool:
        return self.conflict.text or self.conflict.files

    # -- choosing ---------------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Take the value of that number; the one after the last means all of them, one below another."""
        texts = [each.said for each in self.conflict.candidates]
        self._choice = number if number <= len(texts) else 0
        for at, card in enumerate(self.cards, 1):
            card.setChecked(at == self._choice)
        if self.result_box is not None:
            self.result_box.put(texts[number - 1] if number <= len(texts) else "\n".join(dict.fromkeys(texts)))
        self.next.setFocus()

    def choose_with_key(self, number: int) -> None:
        """Choose as ``choose`` does, and go to the next conflict; after the last one wait for confirmation."""
        if number > len(self.conflict.candidates) + int(self._all_stay):
            return
        self.choose(number)
        if self._at + 1 < len(self._waiting):
            self.go_on()

    def go_on(self) -> None:
        try:
            self._decide()
        except (UserError, ValueError) as error:
            self.fail(error if isinstance(error, UserError) else tr("form", "This cannot be stored."))
            return
        self.decided += 1
        if self._at + 1 == len(self._waiting):
            self.accept()
        else:
            self._at += 1
            self._show()

    def _decide(self) -> None:
        conflict, box = self.conflict, self.result_box
        texts = [each.said for each in conflict.candidates]
        if box is not None and box.said() not in texts:
            conflicts.choose_other(self._desk, conflict, box.said())
            return
        if conflict.files and not self._choice:
            conflicts.keep_all(self._desk, conflict)
            return
        number = max(self._choice, 1) if box is None else texts.index(box.said()) + 1
        conflicts.choose(self._desk, conflict, number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = self.result_box is not None and self.result_box.hasFocus()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        digit = event.key() - Qt.Key.Key_0
        if press_by_enter(self, event):
            return
        if plain and not typing and 0 < digit <= 9:
            self.choose_with_key(digit)
        elif plain and not typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def said(self) -> str:
        left = len(self._waiting) - self.decided
        done = ntr("decide", "{n} field decided", "{n} fields decided", self.decided)
        return dotted(done, ntr("decide", "{n} left", "{n} left", left) if left else "")
