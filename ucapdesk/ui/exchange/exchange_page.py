"""The exchange page: giving, received and waiting packages, conflicts, laptops, and past packages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.exchange.exchange_service import KnownLaptop, Received, Standing, WaitingPackage
from ucapdesk.services.privacy import internal_fields
from ucapdesk.services.records import duplicates, records
from ucapdesk.services.records.duplicates import Alike
from ucapdesk.services.workspaces import sample
from ucapdesk.ui.exchange import exchange_words
from ucapdesk.ui.exchange.watched_places import WatchedPlaces, shared_folder
from ucapdesk.ui.home.card_page import CardPage
from ucapdesk.ui.home.home_parts import CardRow, HomeCard, button
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.timers import single_shot

MAX_PACKAGES_LISTED = 12
"""Maximum number of past packages listed."""
MAX_DUPLICATES_LISTED = 6
"""Maximum number of possible duplicates listed."""
DUPLICATES_DELAY_MS = 200
"""Milliseconds before duplicates are looked for."""


class ExchangePage(CardPage):
    """Cards, each with its actions.

    Signals:
        asked(str): a command of ``ExchangeWork`` is to be done.
        give_to(Path): a package is to be written into this folder.
        received(list): these files are to be looked at.
        device(str, str): a laptop was chosen, with whether it is trusted.
        accepted(str): a package of a new laptop, by its hash, is to be let in.
        discarded(str): a package that waits, by its hash, is to go.
        compared(list): these pairs are to be looked at.
    """

    asked = Signal(str)
    give_to = Signal(object)
    received = Signal(list)
    device = Signal(str, str)
    accepted = Signal(str)
    discarded = Signal(str)
    compared = Signal(list)

    def __init__(self, desk: Desk, places: WatchedPlaces, waiting: list[Path], parent: QWidget | None = None) -> None:
        """``waiting``: packages that were found and not previewed yet."""
        super().__init__("exchange", tr("section", "Exchange"), parent)
        self._desk, self._places = desk, places
        self.waiting_files = waiting
        self.is_sample = sample.is_sample(desk)
        self.protect: QCheckBox | None = None
        self.alike: list[Alike] = []
        self._soon = single_shot(self, DUPLICATES_DELAY_MS, self._look_for_alike)
        places.changed.connect(self._changed)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def cards(self) -> tuple[str, list[HomeCard], list[HomeCard]]:
        heading = tr("section", "Exchange")
        if self.is_sample:
            return heading, [self._sample()], []
        standing = exchange_service.standing(self._desk)
        twice = [self._twice()] if self.alike else []
        return heading, [self._give(standing), self._colleagues()], [self._receive(standing), *twice, self._past()]

    def refresh(self) -> None:
        super().refresh()
        self._soon.start()

    def _look_for_alike(self) -> None:
        """Look for possible duplicates after the page is shown, as that takes longer."""
        found = [] if self.is_sample or not self.isVisible() else duplicates.find(self._desk)
        if found != self.alike:
            self.alike = found
            self.refresh()

    def _twice(self) -> HomeCard:
        """Return the card of possible duplicates."""
        card = HomeCard("exchange.twice", tr("same", "Recorded twice?"))
        names = records.titles(
            self._desk, {id_ for pair in self.alike[:MAX_DUPLICATES_LISTED] for id_ in (pair.a, pair.b)}
        )
        for n, pair in enumerate(self.alike[:MAX_DUPLICATES_LISTED]):
            both = dotted(*dict.fromkeys(names.get(each) or "—" for each in (pair.a, pair.b)))
            compare, why = partial(self.compared.emit, [pair]), duplicates.reasons(pair)
            card.add(CardRow(f"exchange.twice.{n}", both, why, compare, mark="people_team"))
        if (more := len(self.alike) - MAX_DUPLICATES_LISTED) > 0:
            card.say(ntr("same", "and {n} more", "and {n} more", more))
        writes = not self._desk.workspace.read_only
        card.add_buttons(self._asks("compare", tr("same", "Compare all"), "compare", enabled=writes))
        return card

    def _asks(self, name: str, said: str, asked: str, role: str = "", *, enabled: bool = True) -> QPushButton:
        return button(f"exchange.{name}", said, partial(self.asked.emit, asked), role, enabled=enabled)

    def _sample(self) -> HomeCard:
        card = HomeCard("exchange.sample", tr("exchange", "The sample stays here"))
        card.say(tr("exchange", "The sample is for trying things out, so it is neither sent nor received."))
        return card

    # -- giving -----------------------------------------------------------------------------------

    def _give(self, standing: Standing) -> HomeCard:
        card = HomeCard("exchange.give", exchange_words.to_give(standing))
        if said := exchange_words.contents(exchange_service.pending(self._desk)):
            card.say(said)
        if said := internal_fields.going_along(self._desk).say():
            card.say(said)
        if standing.given is None:
            card.say(
                tr(
                    "exchange",
                    "A package always holds everything recorded here, so if a file is lost, nothing is lost. "
                    "Everybody you send it to can read all of it.",
                )
            )
        writes = self._desk.workspace.can_be_given
        for n, drive in enumerate(self._places.drives):
            name = "exchange.give.drive" if not n else f"exchange.give.drive.{n}"
            free = exchange_words.size(drive.free)
            said = tr("exchange", "Write to {drive} ({free} free)", drive=drive.name, free=free)
            give = partial(self.give_to.emit, drive.path)
            card.add_buttons(button(name, said, give, "main" if not n else "", enabled=writes))
        card.add_buttons(self._asks("give.save", tr("exchange", "Save package…"), "save", enabled=writes))
        card.add(self._protection())
        self._add_folder(card, writes=writes)
        return card

    def _protection(self) -> QWidget:
        """Return the row that asks for a passphrase for the package."""
        self.protect = named(QCheckBox(tr("exchange", "Protect it with a passphrase")), "exchange.give.protect")
        held = QWidget()
        row(self.protect, on=held, margins=(theme.GAP, theme.GAP, theme.GAP, 0))
        return held

    def _add_folder(self, card: HomeCard, *, writes: bool) -> None:
        """Add the shared folder to the card, or the way to choose one."""
        folder = shared_folder(self._desk)
        card.say(
            tr("exchange", "Shared folder: {folder}", folder=folder)
            if folder
            else tr(
                "exchange",
                "In a folder shared by a cloud service or a network drive, colleagues find your packages "
                "automatically.",
            )
        )
        choose = self._asks("folder", tr("exchange", "Choose a shared folder…"), "share", "quiet")
        if folder:
            into = self._asks("give.folder", tr("exchange", "Send to the folder"), "give_folder", enabled=writes)
            leave = self._asks("folder.leave", tr("exchange", "Stop using it"), "unshare", "quiet")
            card.add_buttons(into, choose, leave)
        else:
            card.add_buttons(choose)

    def _colleagues(self) -> HomeCard:
        card = HomeCard("exchange.colleagues", tr("exchange", "Laptops"))
        listed = exchange_service.devices.listed(self._desk)
        own = next((each.seq for each in listed if each.trust == exchange_service.devices.ME), 0)
        for each in listed:
            card.add(self._laptop(each, own))
        if len(listed) < 2:
            card.say(
                tr(
                    "exchange",
                    "Nobody else yet. A colleague joins with your first package: “Open a package or backup…” at the first start.",
                )
            )
        return card

    def _laptop(self, each: KnownLaptop, own: int) -> CardRow:
        name = dotted(each.person or "—", each.label)
        if each.trust == exchange_service.devices.ME:
            note = tr("exchange", "this laptop: show its check number")
        elif each.trust == exchange_service.devices.KNOWN:
            note = exchange_words.has(each, own)
        else:
            note = {
                exchange_service.devices.BLOCKED: tr("exchange", "blocked"),
                exchange_service.devices.RETIRED: tr("exchange", "no longer used"),
            }.get(each.trust, each.trust)
        twice = tr("exchange", "copied once: both are kept") if each.twice else ""
        show = partial(self.device.emit, each.id, each.trust)
        return CardRow(f"exchange.laptop.{each.id}", name, dotted(note, twice), show, mark="person")

    # -- receiving --------------------------------------------------------------------------------

    def _receive(self, standing: Standing) -> HomeCard:
        card = HomeCard("exchange.receive", tr("exchange", "Receive"))
        for n, file in enumerate(self.waiting_files):
            review = partial(self.received.emit, [file])
            card.add(CardRow(f"exchange.found.{n}", file.name, tr("exchange", "Review"), review, mark="archive"))
        if not self.waiting_files:
            card.say(tr("exchange", "Packages on a USB stick or in the shared folder appear here automatically."))
        writes = not self._desk.workspace.read_only
        card.add_buttons(self._asks("receive.open", tr("action", "Import…"), "open", enabled=writes))
        if standing.waiting:
            card.say(
                ntr(
                    "exchange",
                    "{n} package waits for something that is not here yet",
                    "{n} packages wait for something that is not here yet",
                    standing.waiting,
                ),
                "warning",
            )
            for each in exchange_service.waiting_packages.listed(self._desk):
                card.add(*self._waiting(each))
        if standing.to_decide:
            card.say(
                ntr("exchange", "{n} field is to be decided", "{n} fields are to be decided", standing.to_decide),
                "warning",
            )
            card.add_buttons(self._asks("decide", tr("exchange", "Decide"), "decide", "main", enabled=writes))
        return card

    def _waiting(self, each: WaitingPackage) -> tuple[CardRow, QWidget]:
        """Return the row of a waiting package; a new laptop's can be accepted here, and each can be discarded."""
        accept = tr("exchange", "Accept this laptop…") if each.is_strange else ""
        since = tr(
            "exchange",
            "since {time}, {size}",
            time=exchange_words.moment(each.since),
            size=exchange_words.size(each.size),
        )
        name = f"exchange.waiting.{each.sha256[:12]}"
        who = tr("exchange", "New laptop: {who}", who=dotted(each.person, each.label) or "—")
        said = who if each.is_new else each.why or each.file
        row = CardRow(name, said, dotted(since, accept), mark="archive", level="warn")
        set_tool_tip(row, each.file)
        row.clicked.connect(lambda: self.accepted.emit(each.sha256) if each.is_strange else None)
        discard = button(
            f"{name}.discard", tr("exchange", "Discard…"), lambda: self.discarded.emit(each.sha256), "quiet"
        )
        for part in (row, discard):
            part.setEnabled(not self._desk.workspace.read_only)
        return row, discard

    def _past(self) -> HomeCard:
        card = HomeCard("exchange.past", tr("exchange", "Package history"))
        past = exchange_service.received(self._desk)
        for each in past[:MAX_PACKAGES_LISTED]:
            card.add(self._package(each))
        if not past:
            card.say(tr("exchange", "None yet."))
        if exchange_service.undoable(self._desk):
            card.add_buttons(self._asks("take_back", tr("exchange", "Undo last import"), "take_back", "quiet"))
        return card

    def _package(self, each: Received) -> QWidget:
        given = each.direction == "given"
        said = {
            "done": tr("exchange", "Sent"),
            "writing": tr("exchange", "Writing"),
            "failed": tr("exchange", "Not written"),
            exchange_service.APPLIED: tr("exchange", "Received"),
            exchange_service.KNOWN: tr("exchange", "Was here already"),
            exchange_service.WAITING: tr("exchange", "Waits"),
            exchange_service.REFUSED: tr("exchange", "Refused"),
            exchange_service.DISCARDED: tr("exchange", "Discarded"),
        }.get(each.state, each.state)
        row = CardRow(
            f"exchange.package.{each.bundle}",
            dotted(said, each.person),
            exchange_words.moment(each.time),
            mark="arrow_export" if given else "arrow_import",
            level="warn" if each.state in ("failed", exchange_service.WAITING, exchange_service.REFUSED) else "",
        )
        copy = tr("exchange", "Safety copy of before: {file}", file=each.copy) if each.copy else ""
        set_tool_tip(row, "\n".join(filter(None, (each.file, each.why, copy))))
        row.setAccessibleDescription(each.why or copy)
        row.clicked.connect(lambda: self.asked.emit(f"why {each.why or copy or each.file}"))
        return row
