"""The exchange page: giving, received and waiting packages, conflicts, laptops, and past packages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.exchange.exchange_service import KnownLaptop, Received, Standing, WaitingPackage
from ucapdesk.services.records import duplicates, records
from ucapdesk.services.records.duplicates import Alike
from ucapdesk.services.workspaces import sample
from ucapdesk.ui.exchange import exchange_words
from ucapdesk.ui.exchange.watched_places import Drive, WatchedPlaces, shared_folder
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.cards import CardPage, CardRow, PageCard, button_row, card_button, sentence
from ucapdesk.ui.toolkit.dialogs import size_in_words
from ucapdesk.ui.toolkit.layouts import Part, grow, panel, row, top
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.widgets import named, set_tool_tip

MAX_PACKAGES_LISTED = 12
MAX_DUPLICATES_LISTED = 6
DUPLICATES_DELAY_MS = 200


class ExchangePage(CardPage):
    def __init__(
        self,
        desk: Desk,
        places: WatchedPlaces,
        waiting: list[Path],
        do: Callable[..., object],
        parent: QWidget | None = None,
    ) -> None:
        """``waiting``: packages that were found and not previewed yet; ``do`` runs a command of ``ExchangeWork`` by its name."""
        super().__init__("exchange", tr("section", "Exchange"), parent)
        self._desk, self._places, self._do = desk, places, do
        self.waiting_files = waiting
        self.is_sample = sample.is_sample(desk)
        self.protect: QCheckBox | None = None
        self.alike: list[Alike] = []
        self._soon = single_shot(self, DUPLICATES_DELAY_MS, self._look_for_alike)

    def cards(self) -> tuple[str, list[PageCard], list[PageCard]]:
        heading = tr("section", "Exchange")
        if self.is_sample:
            said = tr("exchange", "The sample is for trying things out, so it is neither sent nor received.")
            return heading, [PageCard("exchange.sample", tr("exchange", "The sample stays here"), said)], []
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

    def _twice(self) -> PageCard:
        listed = self.alike[:MAX_DUPLICATES_LISTED]
        names = records.titles(self._desk, {id_ for pair in listed for id_ in (pair.a, pair.b)})
        rows = []
        for n, pair in enumerate(listed):
            both = dotted(*dict.fromkeys(names.get(each) or "—" for each in (pair.a, pair.b)))
            compare, why = partial(self._do, "compare", [pair]), duplicates.reasons(pair)
            rows.append(CardRow(f"exchange.twice.{n}", both, why, compare, mark="people_team"))
        more = len(self.alike) - len(listed)
        said = ntr("same", "and {n} more", "and {n} more", more) if more else ""
        writes = not self._desk.workspace.read_only
        every = button_row(self._asks("compare", tr("same", "Compare all"), "compare", enabled=writes))
        return PageCard("exchange.twice", tr("same", "Recorded twice?"), *rows, said, every)

    def _asks(self, name: str, said: str, asked: str, role: str = "", *, enabled: bool = True) -> QPushButton:
        return card_button(f"exchange.{name}", said, partial(self._do, asked), role, enabled=enabled)

    # -- giving -----------------------------------------------------------------------------------

    def _give(self, standing: Standing) -> PageCard:
        everything = tr(
            "exchange",
            "A package always holds everything recorded here, so if a file is lost, nothing is lost. "
            "Everybody you send it to can read all of it.",
        )
        writes = self._desk.workspace.can_be_given
        self.protect = named(QCheckBox(tr("exchange", "Protect it with a passphrase")), "exchange.give.protect")
        return PageCard(
            "exchange.give",
            exchange_words.to_give(standing),
            exchange_words.contents(exchange_service.pending(self._desk)),
            exchange_service.internal_going_along(self._desk).say(),
            everything if standing.given is None else "",
            *(button_row(self._stick(n, drive, writes=writes)) for n, drive in enumerate(self._places.drives)),
            button_row(self._asks("give.save", tr("exchange", "Save package…"), "save", enabled=writes)),
            panel(row(self.protect), margins=(theme.GAP, theme.GAP, theme.GAP, 0)),
            *self._folder(writes=writes),
        )

    def _stick(self, n: int, drive: Drive, *, writes: bool) -> QPushButton:
        name = "exchange.give.drive" if not n else f"exchange.give.drive.{n}"
        said = tr("exchange", "Write to {drive} ({free} free)", drive=drive.name, free=size_in_words(drive.free))
        return card_button(
            name, said, partial(self._do, "give_to", drive.path), "main" if not n else "", enabled=writes
        )

    def _folder(self, *, writes: bool) -> tuple[str, QHBoxLayout]:
        choose = self._asks("folder", tr("exchange", "Choose a shared folder…"), "share", "quiet")
        folder = shared_folder(self._desk)
        if not folder:
            said = tr(
                "exchange",
                "In a folder shared by a cloud service or a network drive, colleagues find your packages "
                "automatically.",
            )
            return said, button_row(choose)
        into = self._asks("give.folder", tr("exchange", "Send to the folder"), "give_folder", enabled=writes)
        leave = self._asks("folder.leave", tr("exchange", "Stop using it"), "unshare", "quiet")
        return tr("exchange", "Shared folder: {folder}", folder=folder), button_row(into, choose, leave)

    def _colleagues(self) -> PageCard:
        listed = exchange_service.devices.listed(self._desk)
        own = next((each.seq for each in listed if each.trust == exchange_service.devices.ME), 0)
        alone = tr(
            "exchange",
            "Nobody else yet. A colleague joins with your first package: “Open a package or backup…” at the first start.",
        )
        laptops = [self._laptop(each, own) for each in listed]
        return PageCard("exchange.colleagues", tr("exchange", "Laptops"), *laptops, alone if len(listed) < 2 else "")

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
        show = partial(self._do, "about_device", each.id, each.trust)
        return CardRow(f"exchange.laptop.{each.id}", name, dotted(note, twice), show, mark="person")

    # -- receiving --------------------------------------------------------------------------------

    def _receive(self, standing: Standing) -> PageCard:
        writes = not self._desk.workspace.read_only
        review = tr("exchange", "Review")
        parts: list[Part | str] = [
            CardRow(f"exchange.found.{n}", file.name, review, partial(self._do, "receive", [file]), mark="archive")
            for n, file in enumerate(self.waiting_files)
        ]
        if not parts:
            parts.append(tr("exchange", "Packages on a USB stick or in the shared folder appear here automatically."))
        parts.append(button_row(self._asks("receive.open", tr("action", "Import…"), "open", enabled=writes)))
        if standing.waiting:
            waits = ntr(
                "exchange",
                "{n} package waits for something that is not here yet",
                "{n} packages wait for something that is not here yet",
                standing.waiting,
            )
            listed = exchange_service.waiting_packages.listed(self._desk)
            parts += [sentence(waits, "warning"), *map(self._waiting, listed)]
        if n := standing.to_decide:
            said = ntr("exchange", "{n} field is to be decided", "{n} fields are to be decided", n)
            decide = self._asks("decide", tr("exchange", "Decide"), "decide", "main", enabled=writes)
            parts += [sentence(said, "warning"), button_row(decide)]
        return PageCard("exchange.receive", tr("exchange", "Receive"), *parts)

    def _waiting(self, each: WaitingPackage) -> QHBoxLayout:
        accept = tr("exchange", "Accept this laptop…") if each.is_strange else ""
        since = tr(
            "exchange",
            "since {time}, {size}",
            time=exchange_words.moment(each.since),
            size=size_in_words(each.size),
        )
        name = f"exchange.waiting.{each.sha256[:12]}"
        who = tr("exchange", "New laptop: {who}", who=dotted(each.person, each.label) or "—")
        said = who if each.is_new else each.why or each.file
        shown = CardRow(name, said, dotted(since, accept), mark="archive", level="warn")
        set_tool_tip(shown, each.file)
        shown.clicked.connect(lambda: self._do("accept", each.sha256) if each.is_strange else None)
        discard = card_button(
            f"{name}.discard", tr("exchange", "Discard…"), partial(self._do, "discard", each.sha256), "quiet"
        )
        for part in (shown, discard):
            part.setEnabled(not self._desk.workspace.read_only)
        return row(grow(shown), top(discard), gap=theme.GAP)

    def _past(self) -> PageCard:
        past = exchange_service.received(self._desk)
        back = None
        if exchange_service.undoable(self._desk):
            back = button_row(self._asks("take_back", tr("exchange", "Undo last import"), "take_back", "quiet"))
        none = "" if past else tr("exchange", "None yet.")
        rows = map(self._package, past[:MAX_PACKAGES_LISTED])
        return PageCard("exchange.past", tr("exchange", "Package history"), *rows, none, back)

    def _package(self, each: Received) -> QWidget:
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
            mark="arrow_export" if each.direction == "given" else "arrow_import",
            level="warn" if each.state in ("failed", exchange_service.WAITING, exchange_service.REFUSED) else "",
        )
        copy = tr("exchange", "Safety copy of before: {file}", file=each.copy) if each.copy else ""
        set_tool_tip(row, "\n".join(filter(None, (each.file, each.why, copy))))
        row.setAccessibleDescription(each.why or copy)
        row.clicked.connect(lambda: self._do("tell", each.why or copy or each.file))
        return row
