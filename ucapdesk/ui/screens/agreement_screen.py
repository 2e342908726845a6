"""The page of an MoU: its status bar, its parties and their obligations, and its signing.

Signing (the day, who signed for each party, the scan) is written in one step, or nothing of it. What is missing is named when it is asked for, and then it can be signed all the same: nothing is barred.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, dotted, language, tr
from ucapdesk.base.json_text import dumps, loads
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.field_change import Made
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import GROUPS, awaits_signature, expiry, group_of, is_party, signs, state_label
from ucapdesk.model.text.typed_fields import example_of
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk, agreements
from ucapdesk.services.agreements import NotReadyToSign, Signing
from ucapdesk.services.records import completion, draft_texts, records
from ucapdesk.ui.fields.editor import ERROR, Caption, FieldMessage
from ucapdesk.ui.fields.links import link_chips
from ucapdesk.ui.fields.value_editors import TypedEditor
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import GapLine, RecordForm
from ucapdesk.ui.record.record_page import RecordPage, files_in
from ucapdesk.ui.record.record_screen import RecordParts, RecordScreen
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.cards import card_button
from ucapdesk.ui.toolkit.dialogs import ask_file
from ucapdesk.ui.toolkit.keyboard_focus import highlight
from ucapdesk.ui.toolkit.layouts import column, discard, flow, grow, left, panel, row
from ucapdesk.ui.toolkit.layouts import column as lay_column
from ucapdesk.ui.toolkit.widgets import ElidedButton, add_choice, announce, label, named, set_up, temporary_menu

ENTERED = "mou.sign"  # name of the draft of what is entered
DAY, SCAN = "day", "scan"
DROP = 44  # height of the drop area for the scan


class Entered(dict[str, str]):
    """The facts of a signing entered so far, kept as a draft: its day, its scan, and by party who signs, by id or name."""

    def __init__(self, desk: Desk, agreement: str) -> None:
        super().__init__(loads(draft_texts.line(desk, agreement, ENTERED) or "{}"))
        self._desk, self._agreement = desk, agreement

    def keep(self, **entered: str) -> None:
        self.update(entered)
        with suppress(UserError):  # the panel still shows it
            draft_texts.keep_line(self._desk, self._agreement, ENTERED, dumps(self))


class Signer(QWidget):
    def __init__(
        self, desk: Desk, at: int, party: str, title: str, *, entered: Entered, person: str | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.party, self._entered = party, entered
        self._desk, self._field = desk, KINDS["signatory"].fields["person"]
        said = tr("mou", "Signs for {party}", party=title)
        self.chips = link_chips(f"mou.sign.signer.{at}", said, desk, self._field, several=False, parent=self)
        self.chips.chosen.connect(self._put)
        self.chips.made.connect(self._put)
        self.chips.removed.connect(lambda _: self._put(""))
        self.chips.browse.hide()
        column(Caption(said, self), self.chips, on=self, gap=4, margins=0)
        self._show(entered.get(party, person or ""))

    @property
    def value(self) -> str | Sequence[Made] | None:
        return completion.make(self._desk, self._field, self._said) if self._is_new else self._said or None

    def _put(self, said: str) -> None:
        self._entered.keep(**{self.party: said})
        self._show(said)

    def _show(self, said: str) -> None:
        self._said, self._is_new = said, bool(said) and self._desk.read.record(said) is None
        self.chips.show_tokens(completion.named(self._desk, self._field, [said] if said else []))


class ScanDrop(QFrame):
    def __init__(self, entered: Entered, parent: QWidget) -> None:
        super().__init__(parent)
        self._entered = entered
        named(self, "mou.sign.drop", role="field")
        self.setAcceptDrops(True)
        self.setMinimumHeight(theme.px(DROP))
        self._said = label(parent=self)
        choose = card_button("mou.sign.choose", tr("mou", "Choose…"), self._ask, "quiet", parent=self)
        choose.setProperty("level", "low")
        row(grow(self._said), choose, on=self, margins=(theme.GAP, 4))
        self._show(Path(entered[SCAN]) if SCAN in entered else None)

    def put(self, file: Path) -> None:
        self._entered.keep(**{SCAN: str(file)})
        self._show(file)

    def _show(self, file: Path | None) -> None:
        self.file = file
        self._said.setText(file.name if file else tr("mou", "Drop the signed document here."))
        theme.role(self._said, "" if file else "second")
        self.setAccessibleName(tr("mou", "Signed document: {file}", file=self._said.text()))

    def _ask(self) -> None:
        if file := ask_file(self.window(), tr("mou", "Signed document")):
            self.put(file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.put(files_in(event.mimeData())[0])
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()


class SigningPanel(QFrame):
    """Asks for what a signed MoU has. What is on record stands there already.

    Signals:
        closed(): it is to go.
    """

    closed = Signal()

    def __init__(self, view: RecordPage, agreement: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._agreement = view, agreement
        desk = self._desk = view.desk
        named(self, "mou.sign.panel", role="card")
        entered = self._entered = Entered(desk, agreement.id)
        self.date = TypedEditor(KINDS["agreement"].fields["signed"], desk, self)
        self.date.setObjectName("mou.sign.date")
        self.date.line.setObjectName("mou.sign.date.line")
        self._propose()
        self.date.typing.connect(lambda: self._entered.keep(**{DAY: self.date.line.said()}))
        self.date.committed.connect(self._dated)
        owned: Any = records.children(desk, agreement.id)
        parties = list(filter(is_party, owned["agreement_party"]))
        names = records.titles(desk, [each.id for each in parties], language())
        known = {each.party: each.person for each in owned["signatory"] if signs(each)}
        self.signers = [
            Signer(
                desk, at, each.id, names.get(each.id, ""), entered=entered,
                person=known.get(each.id) or each.represented_by, parent=self,
            )
            for at, each in enumerate(parties, 1)
        ]  # fmt: skip
        for each in self.signers:
            view.keep_line(each.chips.line)
        self.scan = ScanDrop(entered, self)
        self._lay_out()

    def _lay_out(self) -> None:
        signers: Sequence[QWidget] = self.signers or [
            label(
                tr("mou", "No parties yet. Add the parties first, then choose who signed for each."),
                "second",
                parent=self,
            )
        ]
        self._message = FieldMessage(self)
        self.missing = GapLine("mou.sign.missing", self)
        self.missing.linkActivated.connect(self._go)
        confirm = card_button("mou.sign.confirm", tr("mou", "Mark as signed"), self._sign, "main")
        self.anyway = card_button(
            "mou.sign.anyway", tr("mou", "Mark as signed anyway"), lambda: self._sign(incomplete=True)
        )
        self.anyway.hide()
        cancel = card_button("mou.sign.cancel", tr("mou", "Not now"), self.closed.emit, "quiet")
        foot = panel(flow(confirm, self.anyway, cancel), self)
        column(
            self.date, *signers, self.scan, self._message, self.missing, foot,
            on=self, gap=theme.FIELDS, margins=(theme.MARGIN, theme.FIELDS),
        )  # fmt: skip

    def begin(self) -> None:
        self.date.line.setFocus()
        self.date.line.selectAll()

    def _propose(self) -> None:
        """Show the day that was entered, else propose that of signing, or today."""
        proposed = self._agreement.signed or PartialDate(today(self._desk.workspace.clock).isoformat())
        self._signed = None if DAY in self._entered else proposed
        self.date.set_value(self._signed, {})
        if entered := self._entered.get(DAY):
            self.date.line.put(entered)

    def forget(self) -> None:
        """Drop the drafts of what is typed here: it was signed, or put off."""
        self.date.blockSignals(True)
        with suppress(UserError):
            draft_texts.keep_line(self._desk, self._agreement.id, ENTERED, "")
        for signer in self.signers:
            signer.chips.line.clear()

    def _dated(self, change: Any) -> None:
        self._signed = change.apply(self._signed)
        self.date.base_on(self._signed, {})
        self._entered.keep(**{DAY: self._signed.edtf if self._signed else ""})

    # -- signing ----------------------------------------------------------------------------------

    def _sign(self, *, incomplete: bool = False) -> None:
        if not self.date.commit() or not self._view.saving.save_now():
            return
        who = {signer.party: value for signer in self.signers if (value := signer.value) is not None}
        signing = Signing(self._signed, who, self.scan.file)
        try:
            agreements.sign(self._desk, self._agreement.id, signing, incomplete=incomplete)
        except UserError as error:
            lacks = isinstance(error, NotReadyToSign)
            short = tr("mou", "Not marked as signed yet. Fill in what is missing, or mark it as signed anyway.")
            self._message.say(ERROR, short if lacks else error.say())
            self.anyway.setVisible(lacks)
            gaps = agreements.gaps(self._desk, self._agreement.id, signing) if lacks else []
            self.missing.show_gaps(tr("mou", "Missing: {gaps}", gaps="{gaps}"), gaps)
            announce(self, error.say(), urgent=True)
            return
        title = records.title(self._desk, self._agreement.id)
        self.closed.emit()
        self._view.done.emit(tr("mou", "“{title}” is marked as signed.", title=" ".join(title.split())))

    def _go(self, where: str) -> None:
        """Go to a gap: the panel's own field where it has one, else the field on the page."""
        silent = [signer for signer in self.signers if signer.value is None]
        if where == "signed":
            self.date.line.setFocus()
        elif where == "signatory" and silent:
            silent[0].chips.line.setFocus()
        else:
            self._view.focus_field(where)

    # -- leaving ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Close the panel on Escape without leaving the record around it; propose another day after a night."""
        if event.type() == QEvent.Type.WindowActivate and DAY not in self._entered:
            self._propose()
            if self.window().focusWidget() is self.date.line:
                self.date.line.selectAll()
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return super().event(event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.closed.emit()
        return True


# Kinds of parts of an MoU in page order, each with the fields that its rows show.
LISTS = {
    "agreement_party": ("organisation", "side", "role"),
    "signatory": ("person", "party", "post", "signed"),
    "obligation": ("text", "side", "due", "status"),
}
# Signs and words for past, present and future steps, so that the colour is not needed.
BEHIND, HERE, AHEAD = "✓", "●", "○"
SIGN_WORDS = {
    BEHIND: Message("mou", "{step}: passed"), HERE: Message("mou", "{step}: now"), AHEAD: Message("mou", "{step}: ahead"),
}  # fmt: skip


class LifecycleBar(QWidget):
    """Preparing · Ready · Signed · In force · Ended; each step offers the statuses to which it brings the MoU."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setDisabled(view.read_only)
        named(self, "mou.bar", tr("mou", "Progress"))
        self._status: str | None = None
        self.steps: dict[str, QPushButton] = {}
        for group in GROUPS:
            self.steps[group] = set_up(
                ElidedButton(parent=self), f"mou.bar.{group}", partial(self._open, group), "chip", checked=False
            )
        flow(*self.steps.values(), on=self)

    def show_status(self, status: str | None) -> None:
        self._status = status
        here = GROUPS.index(group_of(status))
        for at, (group, step) in enumerate(self.steps.items()):
            sign = BEHIND if at < here else HERE if at == here else AHEAD
            said = state_label(status, language()) if at == here else code_label("agreement_group", group, language())
            step.setText(f"{sign} {said}".replace("&", "&&"))
            step.setChecked(at == here)
            step.setAccessibleName(SIGN_WORDS[sign].say().format(step=said))

    def _open(self, group: str) -> None:
        self.steps[group].setChecked(group == group_of(self._status))
        step = self.steps[group]
        self.make_menu(group).popup(step.mapToGlobal(QPoint(0, step.height())))

    def make_menu(self, group: str) -> QMenu:
        menu = temporary_menu(self)
        for code in codes("agreement_status").values():
            if code.facts["group"] == group:
                said, choose = code.label(language()), partial(self._move, code.code)
                add_choice(menu, said, choose, checked=code.code == self._status, name=f"status.{code.code}")
        return menu

    def _move(self, status: str) -> None:
        view = self._view
        view.attempt(lambda: agreements.move(view.desk, view.id or "", status))


class AgreementScreen(RecordScreen):
    """The page: status bar and gaps, title, then parties, signatories and obligations, then all other fields."""

    covers: ClassVar[frozenset[str]] = frozenset(LISTS)

    def __init__(self, view: RecordPage, column: QVBoxLayout) -> None:
        super().__init__(view, column)
        self.panel: SigningPanel | None = None
        self._top, self._parts = QWidget(self.page), QWidget(self.page)
        self._places = lay_column(on=self._parts, gap=theme.GAP, margins=0)
        self.bar = LifecycleBar(view, self._top)
        self._notes = label("", "second", name="mou.notes", parent=self._top)
        sign = card_button("mou.sign", tr("mou", "Mark as signed…"), self.ask)
        self._missing = GapLine("mou.missing", self._top)
        self._missing.linkActivated.connect(view.focus_field)
        self._asked = panel(flow(sign, self._missing), self._top)
        self.reopen = card_button("mou.reopen", "", self._reopen, "quiet", parent=self._top)
        self.reopen.hide()
        self._over = lay_column(
            self.bar, self._notes, self._asked, left(self.reopen), on=self._top, gap=theme.GAP, margins=0
        )
        self._top.setVisible(view.id is not None)
        self.put(self._top)

    def point_at(self, name: str) -> QWidget | None:
        if name != "status" or self.view.id is None:
            return super().point_at(name)
        step = self.bar.steps[group_of(getattr(self.view.record, "status", None))]
        step.setFocus()
        highlight(step)
        return step

    def put_form(self, form: RecordForm) -> None:
        super().put_form(form)
        form.insert("", self._parts)

    def put_parts(self, parts: RecordParts) -> None:
        super().put_parts(parts)
        view = self.view
        for name, columns in LISTS.items():
            made = self.lists[name] = ChildList(view, view.id or "", KINDS[name], self._parts, columns)
            self._places.addWidget(made)
            made.show()  # now: Qt would do it later, and find out only then how wide its words are
        self._top.show()

    def fill(self, record: Record) -> None:
        if not self.view.id:
            return
        agreement: Any = record
        owned = self.view.owned
        for name, list_ in self.lists.items():
            list_.show_parts(owned[name])
        self.bar.show_status(agreement.status)
        self._notes.say(dotted(*agreements.notes(self.view.desk, agreement)))
        unsigned = awaits_signature(agreement) and not self.view.read_only
        begun = unsigned and bool(draft_texts.line(self.view.desk, record.id, ENTERED))
        parties = [each.party for each in self.panel.signers] if self.panel is not None else None
        if begun and parties != [each.id for each in owned["agreement_party"] if is_party(each)]:
            self._open()
        self._asked.setVisible(unsigned and self.panel is None)
        if unsigned:
            gaps = agreements.gaps(self.view.desk, record.id)
            self._missing.show_gaps(tr("mou", "Missing: {gaps}", gaps="{gaps}"), gaps)
        self._show_way_back(record.id)
        self._show_end(agreement)

    def _show_way_back(self, id_: str) -> None:
        before = None if self.view.read_only else agreements.earlier(self.view.desk, id_)
        self.reopen.setVisible(before is not None)
        if before is not None:
            state = state_label(before, language())
            self.reopen.setText(tr("mou", "Reopen: back to “{state}”", state=state).replace("&", "&&"))

    def _show_end(self, agreement: Any) -> None:
        """Show the end that follows from the term inside the empty end field; a date entered there takes precedence."""
        editor = self.form.editors.get("expires")
        if isinstance(editor, TypedEditor):
            end = expiry(agreement) if agreement.expires is None else None
            said = tr("list", "{date}, by its term", date=say_date(end, language())) if end else ""
            editor.line.setPlaceholderText(said or example_of(editor.field))

    # -- what a person does -----------------------------------------------------------------------

    def _reopen(self) -> None:
        status = self.view.made(lambda: agreements.reopen(self.view.desk, self.view.id or ""))
        if status is not None:
            self.view.done.emit(tr("mou", "Moved back to “{state}”.", state=state_label(status, language())))

    def ask(self) -> None:
        if self.view.save_now() and self.view.record is not None:
            self._open().begin()
            self._asked.hide()  # after the focus has left it, which Qt would look for far below

    def _open(self) -> SigningPanel:
        discard(self.panel)
        self.panel = made = SigningPanel(self.view, self.view.record, self._top)
        made.closed.connect(self._close)
        self._over.addWidget(made)
        made.show()
        return made

    def _close(self) -> None:
        panel, self.panel = self.panel, None
        if panel is not None:
            panel.forget()
        if self.view.record is not None:
            self.fill(self.view.record)
        step = self.bar.steps[group_of(getattr(self.view.record, "status", None))]
        step.setFocus()
        self.view.page.ensureWidgetVisible(step)
        discard(panel)
