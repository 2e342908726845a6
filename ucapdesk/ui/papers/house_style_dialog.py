"""The house style of papers: what an office says of itself at the left, a page as it will be printed at the right.

Every field is saved as soon as it is left, as in the form of any record; the page follows a moment later.
"""

from __future__ import annotations

from ucapdesk.base import settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kinds import KINDS
from ucapdesk.papers import printing as papers
from ucapdesk.papers.house_styles import styles, usual_style
from ucapdesk.papers.request import NO_STYLE
from ucapdesk.services import Desk
from ucapdesk.services.files import style_preview
from ucapdesk.services.records import records
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.editor_factory import editor_for
from ucapdesk.ui.papers.print_preview import PagesView, PreviewDialog
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layouts import STRETCH, captioned, column, grow, panel, row, scrolled
from ucapdesk.ui.toolkit.widgets import button, combo_box, label
from ucapdesk.ui.window.main_window import MainWindow

LEFT_PX = 420
FIELDS = (
    "office", "organisation", "address", "phone", "email", "website", "logo", "second_logo", "red_head", "accent", "cover",
    "event", "event_logo", "footer",
)  # fmt: skip


class HouseStyleDialog(PreviewDialog):
    """One page for the styles of the workspace; the one that is chosen is that of papers on this laptop."""

    by_enter = False

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__("house_style", tr("settings", "House style of papers"), window.work, window)
        self._desk = desk
        self._id = "" if (usual := usual_style(desk)) == NO_STYLE else usual
        self.editors: dict[str, Editor] = {}
        self.chosen = combo_box("house_style.chosen", tr("settings", "Papers on this laptop have the style of"), [])
        self.chosen.activated.connect(self._choose)
        self.document = combo_box("house_style.document", tr("settings", "Shown"), self._documents())
        self.document.activated.connect(self.build)
        self.view = PagesView(self)
        hint = tr(
            "settings",
            "The style goes to your colleagues with the next package. A paper that was kept is printed again with the style it had.",
        )
        page = panel(column(*(self._editor(name) for name in FIELDS), gap=theme.FIELDS, margins=(0, 0, theme.GAP, 0)))
        new = button("house_style.new", tr("settings", "New style"), self._new, "quiet")
        new.setDisabled(desk.workspace.read_only)
        left = column(
            captioned(self.chosen.accessibleName(), self.chosen),
            row(new, STRETCH),
            label(hint, "second"),
            grow(scrolled(page, self)),
            gap=theme.GAP,
        )
        side = panel(left, self)
        side.setFixedWidth(min(theme.px(LEFT_PX), 520))
        right = column(
            captioned(self.document.accessibleName(), self.document), grow(self.view), self.message, gap=theme.GAP
        )
        self.lay_beside(side, right)
        self._show()

    def _documents(self) -> list[tuple[str, object]]:
        known = {each.name: each.labels[language()] for each in papers.documents()}
        return [(known[name], name) for name in style_preview.previews(self._desk)] or [(tr("settings", "A page"), "")]

    def _editor(self, name: str) -> Editor:
        editor = self.editors[name] = editor_for(KINDS["house_style"].fields[name], self._desk)
        editor.committed.connect(lambda change: self._save(editor, change))
        if self._desk.workspace.read_only:
            editor.set_read_only()
        return editor

    # -- which style ------------------------------------------------------------------------------

    def _show(self) -> None:
        self._list()
        record = style_preview.style_by_id(self._desk, self._id)
        for name, editor in self.editors.items():
            editor.set_value(getattr(record, name, None), self._desk.heads(self._id) if record else {})
        self.build()

    def _list(self) -> None:
        self.chosen.clear()
        for each in styles(self._desk):
            self.chosen.addItem(records.title(self._desk, each.id) or "–", each.id)
        if not self._id:
            self.chosen.addItem(tr("settings", "A new style"), "")
        self.chosen.setCurrentIndex(max(0, self.chosen.findData(self._id)))

    def _choose(self) -> None:
        self._id = str(self.chosen.currentData() or "")
        self._keep_choice()
        self._show()

    def _keep_choice(self) -> None:
        known = settings.load()
        if self._id:
            settings.save(known.with_(house_styles={**known.house_styles, self._desk.workspace.id: self._id}))

    def _new(self) -> None:
        self._id = ""
        self._show()
        self.editors["office"].setFocus()

    # -- what is typed ----------------------------------------------------------------------------

    def _save(self, editor: Editor, change: FieldChange) -> None:
        name = editor.field.name
        try:
            if self._id:
                records.edit(self._desk, self._id, {name: change}, seen=editor.seen)
            else:
                self._id = records.add(self._desk, "house_style", {name: change})
                self._keep_choice()
        except UserError as error:
            editor.refuse(error.say())
            return
        record, heads = style_preview.style_by_id(self._desk, self._id), self._desk.heads(self._id)
        for each, field in self.editors.items():
            if each == name:
                field.set_value(getattr(record, each, None), heads)
            else:
                field.base_on(getattr(record, each, None), heads)
        self._list()
        self._later.start()

    # -- the page ---------------------------------------------------------------------------------

    def build(self) -> None:
        self.stop_building()
        style, document = self._id, str(self.document.currentData() or "")
        said = tr("preview", "Making the pages…")
        self.view.wait(said)
        self._making = self.run(said, lambda _: style_preview.preview(self._desk, style, document), self._take)

    def _take(self, pdf: bytes) -> None:
        self._making = None
        self.fail("")
        self.view.show_pdf(pdf)

    def say_failed(self, error: UserError) -> None:
        if not self.view.pages:
            self.view.close_document()
        self.fail(error)

    def done(self, result: int) -> None:
        for editor in self.editors.values():
            editor.commit()
        super().done(result)
