"""The dialog for joining a colleague's workspace: its contents, and who the user is. Cancelling leaves nothing behind."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.exchange import joining
from ucapdesk.services.exchange.exchange_service import Manifest
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.buttons import set_up
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, flow, grow, panel, scrolled
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label


class JoinDialog(Dialog):
    """Shows the contents of a package. Once accepted, ``person`` is the user's name."""

    def __init__(self, desk: Desk, manifest: Manifest | None, person: str, parent: QWidget | None = None) -> None:
        """``person``: the name given so far."""
        super().__init__("join", tr("first", "A colleague’s workspace"), parent)
        who = tr("exchange", "Package from {who}", who=manifest.sender.person or "—") if manifest is not None else ""
        counts = [f"{KINDS[kind].plural()} {n}" for kind, n in joining.contents(desk)]
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
        let_grow(page)

    @property
    def person(self) -> str:
        """The user's name."""
        return self._chosen() or " ".join(self.other.text().split())

    def _people(self, desk: Desk, person: str) -> QWidget:
        self._chips: dict[QPushButton, str] = {}
        for key, name in joining.newcomers(desk).items():
            chip = set_up(ElidedButton(name), f"first.me.{key}", role="chip", checked=name == person)
            chip.clicked.connect(lambda _=False, chip=chip: self._choose(chip))
            self._chips[chip] = name
        held = panel(flow(*self._chips), self)
        held.setVisible(bool(self._chips))
        return held

    def _chosen(self) -> str:
        return next((name for chip, name in self._chips.items() if chip.isChecked()), "")

    def _choose(self, chip: QPushButton | None) -> None:
        """Select one of the people, or nobody while a name is typed."""
        for each in self._chips:
            each.setChecked(each is chip)
        if chip is not None:
            self.other.clear()
