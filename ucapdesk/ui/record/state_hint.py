"""The line under the status of a record that names the gaps before the next state, with links to them. It never blocks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.record import Record
from ucapdesk.model.rules.milestones import Gap, next_milestone
from ucapdesk.model.rules.milestones import Parts as Owned
from ucapdesk.model.serialize import kind_of
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import PlainLabel


class GapLine(PlainLabel):
    """A sentence whose gaps are links to fields or lists of parts; hidden where nothing is missing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        named(self, name, role="hint")
        self.setTextFormat(Qt.TextFormat.RichText)  # for its links; user text is escaped
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.hide()

    def show_gaps(self, words: str, gaps: Sequence[Gap]) -> None:
        """Show these gaps; ``words`` has ``{gaps}`` where they go."""
        colour = theme.tokens().accent
        links = [
            f'<a href="{gap.where}" style="color:{colour};text-decoration:none">{escape(gap.said.say())}</a>'
            for gap in gaps
        ]
        self.setText(escape(words).replace("{gaps}", tr("log", ", ").join(links)) if gaps else "")
        said = tr("log", ", ").join(gap.said.say() for gap in gaps)
        self.setAccessibleName(words.replace("{gaps}", said) if gaps else "")
        self.setVisible(bool(gaps))


class StateHint(GapLine):
    """Names the gaps before the next status that has requirements."""

    def show_record(self, record: Record, owned: Owned) -> None:
        """Show the gaps of the record; ``owned``: its parts."""
        goal, gaps = next_milestone(record, owned)
        state = code_label(kind_of(record).fields["status"].meta.codes, goal) if goal else ""
        self.show_gaps(tr("record", "Missing for “{state}”: {gaps}", state=state, gaps="{gaps}"), gaps)
