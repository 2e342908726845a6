"""The placeholder of an empty list: why it is empty, and buttons that help."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView
from ucapdesk.services.records import search
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import set_up
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.layout_builder import STRETCH, Placed, column, scroll_down
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

MOST_OWNERS = 4
"""Number of kinds to which a part may belong that are named."""
ROOM_FOR_PICTURE = 140
"""Height below which the sentence stands without its picture."""


class EmptyList(QScrollArea):
    """Shown where nothing is recorded or nothing matches the filter.

    Attributes:
        new: Creates the first record.
        clear: Clears the filter.
        everywhere: Searches everywhere for the same words.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list.empty")
        scroll_down(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = named(QWidget(), "page")
        self._hinted = False
        """Whether the text below says where records come from; it gives way where there is little room."""
        self._picture = label(wrap=False, parent=page)
        self.sentence = label("", "second", name="list.empty.sentence", parent=page)
        self.tried = label("", "second", name="list.empty.tried", parent=page)
        for text in (self._picture, self.sentence, self.tried):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.new = set_up(ElidedButton(parent=page), "list.empty.new", role="main")
        self.clear = set_up(ElidedButton(tr("list", "Clear filter"), page), "list.empty.clear", role="main")
        self.everywhere = set_up(ElidedButton(tr("list", "Search everywhere"), page), "list.empty.everywhere")
        self._buttons = self.new, self.clear, self.everywhere
        column(
            STRETCH, self._picture, self.sentence, self.tried,
            *(Placed(each, 0, Qt.AlignmentFlag.AlignHCenter) for each in self._buttons), Placed(None, 2),
            on=page, gap=theme.FIELDS, margins=theme.MARGIN,
        )  # fmt: skip
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().height() > theme.px(ROOM_FOR_PICTURE)
        self._picture.setVisible(roomy)
        if self._hinted:
            self.tried.setVisible(roomy)

    def say_why(self, view: ListView, kind: Kind, *, may_make: bool) -> None:
        """Say why a view shows nothing, and what to do."""
        if view.find.strip() or view.conditions:
            self.say_nothing_fits(view.find, narrowed=bool(view.conditions))
        else:
            self.say_nothing_yet(kind, may_make=may_make)

    def say_nothing_yet(self, kind: Kind, *, may_make: bool) -> None:
        """Say that there are no records of a kind."""
        said = tr("list", "No {kind} yet. Create the first one:") if may_make else tr("list", "No {kind} yet.")
        self._show(said.format(kind=in_sentence(kind.plural())), "document", "", *([self.new] if may_make else []))
        self.new.setText(tr("list", "New {kind}", kind=in_sentence(kind.label())))
        if not may_make and kind.owners:
            comes = presentation(kind.name).comes
            owners = tr("log", ", ").join(KINDS[name].label() for name in kind.owners)
            belong = tr("list", "They are added on the page of the record they belong to.")
            told = tr("list", "They are added on the page they belong to: {kinds}.", kinds=owners)
            self.tried.setText(comes.say() if comes else told if len(kind.owners) <= MOST_OWNERS else belong)
            self._hinted = True
            self.tried.setVisible(self.height() > theme.px(ROOM_FOR_PICTURE))

    def say_nothing_fits(self, find: str, *, narrowed: bool) -> None:
        """Say that no record matches the filter."""
        words = find.strip()
        if not words:
            self._show(tr("list", "Nothing matches the filter."), "search", "", self.clear)
            return
        said = tr("list", "Nothing matches {words}.", words=words)
        if narrowed:
            said = tr("list", "Nothing matches {words} and the other filters.", words=words)
        self._show(said, "search", " ".join(search.say_nothing(words)[1:]), self.clear, self.everywhere)

    def _show(self, said: str, picture: str, tried: str, *shown: QPushButton) -> None:
        side = theme.px(32)
        self._picture.setPixmap(icon(picture, 32, "text2").pixmap(QSize(side, side)))
        self.sentence.setText(said)
        self._hinted = False
        self.tried.say(tried)
        for each in self._buttons:
            each.setVisible(each in shown)


def in_sentence(name: str) -> str:
    """Return the name of a kind as it stands within a sentence: in lower case, but for an abbreviation or in German."""
    return name[:1].lower() + name[1:] if name[1:].islower() and language() != "de" else name
