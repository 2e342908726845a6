"""The page of an MoU: its status bar, what is missing before it can be signed, its parties and their obligations."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import Message, dotted, language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.agreement_rules import GROUPS, awaits_signature, expiry, group_of, is_party, state_label
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.text.parse.typed_value import example_of
from ucapdesk.services.agreements import agreements
from ucapdesk.services.records import draft_texts
from ucapdesk.ui.agreements.signing_panel import ENTERED, SigningPanel
from ucapdesk.ui.fields.typed_editor import TypedEditor
from ucapdesk.ui.home.home_parts import button
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import RecordForm
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.record_parts import RecordParts
from ucapdesk.ui.record.record_screen import RecordScreen
from ucapdesk.ui.record.state_hint import GapLine
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import set_up
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.highlight import highlight
from ucapdesk.ui.toolkit.layout_builder import column as lay_column
from ucapdesk.ui.toolkit.layout_builder import discard, flow, left, panel
from ucapdesk.ui.toolkit.menu_choice import add_choice, passing_menu
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

LISTS = {
    "agreement_party": ("organisation", "side", "role"),
    "signatory": ("person", "party", "post", "signed"),
    "obligation": ("text", "side", "due", "status"),
}
"""Kinds of parts of an MoU in page order, each with the fields that its rows show."""
BEHIND, HERE, AHEAD = "✓", "●", "○"
"""Signs and words for past, present and future steps, so that the colour is not needed."""
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
            do = partial(self._open, group)
            self.steps[group] = set_up(ElidedButton(parent=self), f"mou.bar.{group}", do, "chip", checked=False)
        flow(*self.steps.values(), on=self)

    def show_status(self, status: str | None) -> None:
        """Show the present status."""
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
        """Return a menu of the statuses of a step."""
        menu = passing_menu(self)
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
        sign = button("mou.sign", tr("mou", "Mark as signed…"), self.ask)
        self._missing = GapLine("mou.missing", self._top)
        self._missing.linkActivated.connect(view.focus_field)
        self._asked = panel(flow(sign, self._missing), self._top)
        self.reopen = button("mou.reopen", "", self._reopen, "quiet", parent=self._top)
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
        """Show a button that returns the MoU to the state before this one."""
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
        """Open the signing panel in place of the button."""
        if self.view.save_now() and self.view.record is not None:
            self._open().begin()
            self._asked.hide()  # after the focus has left it, which Qt would look for far below

    def _open(self) -> SigningPanel:
        """Show the panel, with what was entered there."""
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
