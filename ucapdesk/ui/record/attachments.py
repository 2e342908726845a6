"""The attachments of a record: added by button, drop or paste; opened as copies, saved, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from ucapdesk.base.clock import local_now
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.visit_kinds import Meeting, Visit
from ucapdesk.services import Desk
from ucapdesk.services.errors import FILE_NOT_THERE
from ucapdesk.services.files.file_formats import ENTRIES, GLANCES, SHEETS, way_of
from ucapdesk.services.files.imports import is_office_list
from ucapdesk.services.records import attached_files
from ucapdesk.ui.record.record_page import RecordPage, files_in
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import size_in_words
from ucapdesk.ui.toolkit.item_views import WholeList
from ucapdesk.ui.toolkit.layouts import column, flow, panel
from ucapdesk.ui.toolkit.widgets import ask, button, icon, label

FILE_ROW_PX = 32
# Maximum number of bytes of a document that is looked at, whether it is a list; others are attached, and so are all
# PDFs.
LARGEST_LIST = 5_000_000


class FileList(QWidget):
    """The attachments of one record."""

    def __init__(self, view: RecordPage, id_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._desk, self._id = view, view.desk, id_
        self.setObjectName("parts.attachment")
        self._files: Sequence[Attachment] = ()
        self._title = label(role="group", wrap=False, parent=self)
        self.attach_button = self._button("attach", tr("files", "Attach file…"), self.choose)
        self.attach_button.setIcon(icon("attach", 16, "accent"))
        self._hint = label(tr("files", "Files can be dropped anywhere here, or pasted."), "hint", parent=self)
        self._row = flow(self.attach_button, self._hint)
        for each in (self.attach_button, self._hint):
            each.setVisible(not view.read_only)
        self._column = column(self._title, panel(self._row, self), on=self, gap=theme.GAP, margins=(0, theme.GAP, 0, 0))

    @cached_property
    def items(self) -> WholeList:
        """The files, as a list that is made for the first of them: most records have none."""
        items = WholeList("files.list", tr("files", "Files"), FILE_ROW_PX, self)
        items.setIconSize(QSize(theme.px(20), theme.px(20)))
        items.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        items.itemActivated.connect(lambda _: self.open())
        items.currentItemChanged.connect(lambda *_: self._enable())
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            QShortcut(QKeySequence(key), items, self.remove, context=Qt.ShortcutContext.WidgetShortcut)
        self._column.insertWidget(1, items)
        return items

    @cached_property
    def _for_one(self) -> list[QPushButton]:
        buttons = [
            self._button("open", tr("files", "Open"), self.open),
            self._button("save", tr("files", "Save as…"), self.save),
            self._button("details", tr("files", "Details"), lambda: self._view.opened.emit(self.chosen())),
            self._button("remove", tr("action", "Move to Trash"), self.remove),
        ]
        self._row.removeWidget(self._hint)
        for each in (*buttons, self._hint):
            self._row.addWidget(each)
        return buttons

    def _button(self, name: str, text: str, do: Callable[[], None]) -> QPushButton:
        return button(f"files.{name}", text, do, "quiet", parent=self)

    # -- showing ----------------------------------------------------------------------------------

    def show_files(self, files: Sequence[Attachment]) -> None:
        chosen = self.chosen()
        self._title.setText(f"{tr('files', 'Files')}  {len(files)}" if files else tr("files", "Files"))
        if not files and not self._files:
            return
        self._files = files
        self.items.clear()
        for each in files:
            item = self.items.add(self._said(each), each.id, tip=self._said(each))
            item.setIcon(icon(_drawing(each)))
            if each.id == chosen:
                self.items.setCurrentItem(item)
        self.items.setVisible(bool(files))
        self._enable()

    def _said(self, each: Attachment) -> str:
        name = attached_files.safe_name(each.file.name if each.file else None)
        title = " ".join((each.title.said() if each.title else "").split())
        size = size_in_words(each.file.size) if each.file and each.file.size is not None else ""
        return "  ·  ".join(filter(None, (title, name, size)))

    def chosen(self) -> str:
        """Return the selected attachment; empty for none."""
        chosen = bool(self._files) and self.items.currentRow() >= 0
        return str(self.items.currentItem().data(Qt.ItemDataRole.UserRole)) if chosen else ""

    def select(self, id_: str) -> bool:
        """Select a file; return False where it is not among these."""
        rows = [row for row, each in enumerate(self._files) if each.id == id_]
        if rows:
            self.items.setCurrentRow(rows[0])
        return bool(rows)

    def _enable(self) -> None:
        for each in self._for_one:
            each.setVisible(bool(self.chosen()) and (each is not self._for_one[-1] or not self._view.read_only))

    # -- taking in --------------------------------------------------------------------------------

    def choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self.window(), tr("action", "Attach files…"))
        self.attach([Path(name) for name in names])

    def attach(self, paths: Sequence[Path]) -> int:
        """Attach copies of files, large ones only after asking; return how many."""
        try:
            allowed = [path for path in paths if self._allowed(path)]
            type_ = attached_files.SIGNED_COPY if len(allowed) == 1 and self._is_signed_copy(allowed[0]) else None
            kept = attached_files.attach(self._desk, self._id, allowed, type_)
        except UserError as error:
            self._view.tell(error)
            return 0
        if kept:
            names = tr("log", ", ").join(attached_files.safe_name(path.name) for path in allowed)
            self._view.done.emit(tr("files", "Attached: {names}", names=names))
        return len(kept)

    def _is_signed_copy(self, path: Path) -> bool:
        if not attached_files.lacks_signed_copy(self._desk, self._id):
            return False
        said = tr("files", "Is “{name}” the signed copy of this MoU?", name=attached_files.safe_name(path.name))
        return ask(self.window(), "files.signed", said, [tr("files", "Signed copy"), tr("files", "Another file")]) == 0

    def _allowed(self, path: Path) -> bool:
        try:
            size = path.stat().st_size
        except OSError:
            raise FILE_NOT_THERE(file=attached_files.safe_name(path.name)) from None
        return size <= attached_files.BIG or self._asked(path, size)

    def _asked(self, path: Path, size: int) -> bool:
        said = tr(
            "files",
            "“{name}” is {size}. It would be copied into this workspace and sent with every exchange.",
            name=attached_files.safe_name(path.name),
            size=size_in_words(size),
        )
        return ask(self.window(), "files.large", said, [tr("files", "Attach"), tr("files", "Leave out")]) == 0

    def attach_image(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs know files only by name
        name = tr("files", "Picture {time}", time=local_now(self._desk.workspace.clock).strftime("%Y-%m-%d %H.%M.%S"))
        picture = bytes(buffer.data().data())
        self._view.perform(lambda: attached_files.attach_bytes(self._desk, self._id, f"{name}.png", picture))

    def take(self, data: QMimeData) -> bool:
        """Attach what was dropped or pasted; return False where it is neither a file nor a picture.

        A list of people, minutes, and the programme of a visit, are imported into the record shown, as soon as the drop is over;
        so are business cards and calendars dropped on a visit.
        """
        paths = files_in(data)
        if self._view.read_only or not (paths or data.hasImage()):
            return False
        if self._is_list(paths):
            QTimer.singleShot(0, self, partial(self._view.asked.emit, "file.receive", (paths,)))
        elif paths:
            self.attach(paths)
        else:
            self.attach_image(QImage(data.imageData()))
        return True

    def _is_list(self, paths: Sequence[Path]) -> bool:
        """Return whether this is a list of people, minutes, the programme of a visit, cards or calendars, for a page that has them."""
        if self._view.takes_people and isinstance(self._view.record, Visit) and {*map(way_of, paths)} == {ENTRIES}:
            return True
        if len(paths) != 1 or not self._view.takes_people:
            return False
        suffix, size = paths[0].suffix.lower(), paths[0].stat().st_size if paths[0].exists() else 0
        known = way_of(paths[0]) == SHEETS or (
            suffix in {*GLANCES} - {".pdf"} and isinstance(self._view.record, Visit | Meeting)
        )
        return known and size <= LARGEST_LIST and is_office_list(self._desk, paths[0], self._id)

    # -- giving out -------------------------------------------------------------------------------

    def open(self) -> None:
        if chosen := self.chosen():
            self._view.perform(lambda: self._view.copies.open(chosen))

    def save(self) -> None:
        if chosen := self.chosen():
            self._view.perform(lambda: save_file(self._desk, chosen, self.window()))

    def remove(self) -> None:
        id_, item = self.chosen(), self.items.currentItem()
        if id_ and not self._view.read_only:
            self._view.trash_part(id_, item.text())


def save_file(desk: Desk, id_: str, over: QWidget) -> None:
    """Write a copy of an attachment to a place the user chooses. Raises FileMissing before anything is asked."""
    suggested = attached_files.name_of(desk, id_)
    name, _ = QFileDialog.getSaveFileName(over, tr("action", "Save a copy of the file…"), suggested)
    if name:
        attached_files.save_as(desk, id_, Path(name))


def _drawing(each: Attachment) -> str:
    mime = (each.file.mime if each.file else None) or ""
    return "image" if mime.startswith("image/") else "document_pdf" if mime.endswith("/pdf") else "document"
