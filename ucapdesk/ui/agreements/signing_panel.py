"""Marking an MoU as signed: the day, who signed for each party, the scan; written in one step, or nothing of it.

What is missing is named when it is asked for, and then it can be signed all the same: nothing is barred.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.base.json_text import dumps, loads
from ucapdesk.model.field_change import Made
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.agreement_rules import is_party, signs
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.agreements import agreements
from ucapdesk.services.agreements.agreements import NotReadyToSign, Signing
from ucapdesk.services.records import draft_texts, link_choices, records
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.fields.field_message import ERROR, FieldMessage
from ucapdesk.ui.fields.links import link_chips
from ucapdesk.ui.fields.typed_editor import TypedEditor
from ucapdesk.ui.home.home_parts import button
from ucapdesk.ui.record.file_drop import files_in
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.state_hint import GapLine
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.file_dialogs import ask_file
from ucapdesk.ui.toolkit.layout_builder import column, flow, grow, panel, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

ENTERED = "mou.sign"
"""Name of the draft of what is entered."""
DAY, SCAN = "day", "scan"
DROP = 44
"""Height of the drop area for the scan."""


class Entered(dict[str, str]):
    """The facts of a signing entered so far, kept as a draft: its day, its scan, and by party who signs, by id or name."""

    def __init__(self, desk: Desk, agreement: str) -> None:
        super().__init__(loads(draft_texts.line(desk, agreement, ENTERED) or "{}"))
        self._desk, self._agreement = desk, agreement

    def keep(self, **entered: str) -> None:
        """Keep a draft of all, with what is entered now."""
        self.update(entered)
        with suppress(UserError):  # the panel still shows it
            draft_texts.keep_line(self._desk, self._agreement, ENTERED, dumps(self))


class Signer(QWidget):
    """The person who signed for one party."""

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
        """Return the person chosen: one on record, or a name to create."""
        return link_choices.make(self._desk, self._field, self._said) if self._is_new else self._said or None

    def _put(self, said: str) -> None:
        self._entered.keep(**{self.party: said})
        self._show(said)

    def _show(self, said: str) -> None:
        """Show who signs: somebody on record, by id, or somebody new by name."""
        self._said, self._is_new = said, bool(said) and self._desk.read.record(said) is None
        self.chips.show_tokens(link_choices.named(self._desk, self._field, [said] if said else []))


class ScanDrop(QFrame):
    """The area where the signed document is dropped or chosen."""

    def __init__(self, entered: Entered, parent: QWidget) -> None:
        super().__init__(parent)
        self._entered = entered
        named(self, "mou.sign.drop", role="field")
        self.setAcceptDrops(True)
        self.setMinimumHeight(theme.px(DROP))
        self._said = label(parent=self)
        choose = button("mou.sign.choose", tr("mou", "Choose…"), self._ask, "quiet", parent=self)
        choose.setProperty("level", "low")
        row(grow(self._said), choose, on=self, margins=(theme.GAP, 4))
        self._show(Path(entered[SCAN]) if SCAN in entered else None)

    def put(self, file: Path) -> None:
        """Accept a file as the scan."""
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
        none = tr("mou", "No parties yet. Add the parties first, then choose who signed for each.")
        signers: Sequence[QWidget] = self.signers or [label(none, "second", parent=self)]
        self._message = FieldMessage(self)
        self.missing = GapLine("mou.sign.missing", self)
        self.missing.linkActivated.connect(self._go)
        confirm = button("mou.sign.confirm", tr("mou", "Mark as signed"), self._sign, "main")
        anyway = tr("mou", "Mark as signed anyway")
        self.anyway = button("mou.sign.anyway", anyway, lambda: self._sign(incomplete=True))
        self.anyway.hide()
        cancel = button("mou.sign.cancel", tr("mou", "Not now"), self.closed.emit, "quiet")
        foot = panel(flow(confirm, self.anyway, cancel), self)
        column(
            self.date, *signers, self.scan, self._message, self.missing, foot,
            on=self, gap=theme.FIELDS, margins=(theme.MARGIN, theme.FIELDS),
        )  # fmt: skip

    def begin(self) -> None:
        """Put the keyboard focus into the date of signing, to be typed over."""
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
