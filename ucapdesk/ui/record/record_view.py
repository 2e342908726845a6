"""The record view: header, form and parts of one record. Leaving a field saves it; there is no Save button.

It also puts the questions of its record: somebody else changed the field being edited (the typed text is kept until the user chooses), the record may be a duplicate, or a second source gives another value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import counterpart, language, ntr, tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import say, title_of
from ucapdesk.services import ChangedMeanwhile, ChangeEvent, Desk
from ucapdesk.services.records import duplicates, history, records
from ucapdesk.services.records.draft_texts import LeftoverDraft
from ucapdesk.services.visits import visits
from ucapdesk.ui.fields.editor import Editor, Seen
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.record.record_page import (
    BarAnswer,
    ExternalEdits,
    FileDrop,
    Header,
    MessageBar,
    PageArea,
    RecordPage,
    TopRow,
)
from ucapdesk.ui.record.saving import Saving, Target, texts_in
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.keyboard_focus import ancestors, focus_kept
from ucapdesk.ui.toolkit.layouts import STRETCH, add, column, grow, grow_with_contents
from ucapdesk.ui.toolkit.signals import ChangeListener, single_shot
from ucapdesk.ui.toolkit.widgets import announce, cut, label
from ucapdesk.ui.window.window_layout import WindowLayout

if TYPE_CHECKING:
    from ucapdesk.services.exchange.conflicts import Conflict
    from ucapdesk.ui.record.form import RecordForm
    from ucapdesk.ui.record.record_screen import RecordParts, RecordScreen


CONFLICT_BAR = "meanwhile"


class EditConflict:
    """Watches for such changes and offers both versions."""

    def __init__(self, view: RecordPage) -> None:
        self._view, self._desk, self._saving = view, view.desk, view.saving

    def look(self, record: Record, heads: Seen) -> None:
        """Check, after the record was read again, whether a cell that is being edited changed."""
        editor = self._saving.typed_in
        target = self._saving.target_of(editor) if editor is not None else None
        if editor is None or target is None or target.id != record.id:
            return
        try:
            typed = editor.typed_cells()
        except (UserError, ValueError):
            typed = {editor.field.name: None}
        moved = [cell for cell in typed if list(heads.get(cell, ())) != list(editor.seen.get(cell, ()))]
        if moved:
            self._offer(editor, moved[0], record.id)

    def refused(self, editor: Editor, error: UserError) -> bool:
        """Handle a text that was not written; return True if a change by somebody else was the reason, which is reported here."""
        target = self._saving.target_of(editor)
        if not isinstance(error, ChangedMeanwhile) or target is None or target.id is None:
            return False
        cell = str(error.details["cell"])
        theirs = self._said(editor, cell, target.id)
        editor.refuse(f"{error.say()}\n{tr('record', 'It now says: {text}', text=theirs)}")
        editor.base_on(*self._now(editor, target.id))
        self._choose(editor, cell, target.id)
        return True

    def _offer(self, editor: Editor, cell: str, id_: str) -> None:
        who = next((entry.person for entry in reversed(history.of(self._desk, id_)) if entry.field == cell), "—")
        said = tr("record", "{person} changed “{field}”. What you type stays.", person=who, field=editor.field.label())
        self._view.bar.say(
            CONFLICT_BAR,
            said,
            BarAnswer("show", tr("record", "Show"), lambda: self._choose(editor, cell, id_)),
            self._keep(editor, id_),
            closes=False,
        )

    def _choose(self, editor: Editor, cell: str, id_: str) -> None:
        said = tr("record", "It now says: {text}", text=self._said(editor, cell, id_))
        self._view.bar.say(
            CONFLICT_BAR,
            said,
            self._keep(editor, id_),
            BarAnswer("theirs", tr("record", "Take theirs"), lambda: self._theirs(editor, id_)),
            closes=False,
        )

    def _keep(self, editor: Editor, id_: str) -> BarAnswer:
        return BarAnswer("mine", tr("record", "Keep mine"), lambda: self._mine(editor, id_))

    def _said(self, editor: Editor, cell: str, id_: str) -> str:
        now = getattr(records.get(self._desk, id_), editor.field.name)
        lang = cell.partition(".")[2]
        return str(now.get(lang, "")) if lang and now else say(editor.field, now, language())

    def _now(self, editor: Editor, id_: str) -> tuple[object, Seen]:
        return getattr(records.get(self._desk, id_), editor.field.name), self._desk.heads(id_)

    def _mine(self, editor: Editor, id_: str) -> None:
        if self._saving.target_of(editor) is not None:
            editor.base_on(*self._now(editor, id_))
            editor.commit()
        self._end()

    def _theirs(self, editor: Editor, id_: str) -> None:
        """Take the other person's value and put the typed text on the clipboard, so that it is not lost."""
        target = self._saving.target_of(editor)
        if target is not None:
            QApplication.clipboard().setText("\n".join(filter(None, texts_in(editor))))
            if self._saving.typed_in is editor:
                self._saving.typed_in = None
            self._saving.forget_draft(target)
            editor.set_value(*self._now(editor, id_))
        self._end()

    def _end(self) -> None:
        self._view.bar.clear(CONFLICT_BAR)
        self._view.refresh()


SIMILAR_DELAY_MS = 250  # milliseconds without a change of row before duplicates are looked for


class SimilarRecords(QObject):
    def __init__(self, view: RecordPage) -> None:
        super().__init__(view)
        self._view, self._desk = view, view.desk
        self._header: Header | None = None
        self._id = ""
        self._found: list[str] = []
        self._soon = single_shot(self, SIMILAR_DELAY_MS, self.look)

    def expect(self, header: Header | None, record: Record | None) -> None:
        """Prepare for the record shown under this header; a record that is not created yet has no duplicates."""
        if header is None or record is None or record.is_deleted:
            self._soon.stop()
            return
        if header is not self._header:
            header.say_alike("", "")
            header.parted.connect(self._part)
        self._header, self._id = header, record.id
        self._soon.start()

    def look(self) -> None:
        self._soon.stop()
        header = self._header
        assert header is not None
        alike = self._found = [
            each.b if each.a == self._id else each.a for each in duplicates.find_of(self._desk, self._id)
        ]
        said, tip = self._message(alike, len(duplicates.others(self._desk, self._id)))
        header.say_alike(said, tip, asks=bool(alike) and not self._desk.workspace.read_only)
        page = header.parentWidget()
        if said and page is not None:
            grow_with_contents(page)

    def _part(self) -> None:
        """Mark the first candidate as different; the next one is asked about."""
        other = self._found[0]
        if not self._view.perform(lambda: duplicates.say_different(self._desk, self._id, other)):
            return
        title = records.title(self._desk, other) or "—"
        self._view.done.emit(tr("same", "“{title}” is not the same, and is not offered again.", title=title))
        self.look()

    def _message(self, alike: list[str], one: int) -> tuple[str, str]:
        """Return the sentence above the fields and its tooltip, for the possible duplicates and the number of merged records."""
        if not alike:
            tip = tr("same", "It was recorded more than once. Press to compare or separate them.")
            return (ntr("same", "Shown as one with {n} other", "Shown as one with {n} others", one) if one else ""), tip
        title = records.title(self._desk, alike[0]) or "—"
        tip, more = tr("same", "Press to see both beside each other."), len(alike) - 1
        if not more:
            return tr("same", "The same as “{title}”?", title=title), tip
        said = ntr(
            "same", "The same as “{title}”, or {n} other?", "The same as “{title}”, or {n} others?", more, title=title
        )
        return said, tip


# Topic of the message; milliseconds without a change of row before papers are looked at; letters of a value that are
# shown.
ASKED, DELAY_MS, LONGEST = "source", 150, 60


class SourceQuestions(MessageBar):
    def __init__(self, view: RecordPage) -> None:
        super().__init__("record.source", view)
        self._view, self._desk, self._id = view, view.desk, ""
        self._soon = single_shot(self, DELAY_MS, self.look)

    def expect(self, record: Record | None) -> None:
        id_ = "" if record is None or record.is_deleted else record.id
        if id_ != self._id:
            self.clear(ASKED)
        self._id = id_
        if id_:
            self._soon.start()
        else:
            self._soon.stop()

    def look(self) -> None:
        from ucapdesk.services.exchange import conflicts  # the window shows its list before

        self._soon.stop()
        found = conflicts.of_papers(self._desk, self._id)
        if not found:
            self.clear(ASKED)
            return
        first = found[0]
        here, there = first.candidates
        said = tr(
            "sources", "{field}: “{here}” on record (from {first}), “{there}” in {second}.", field=first.label,
            here=cut(here.said, LONGEST), first=here.person, there=cut(there.said, LONGEST), second=there.person,
        )  # fmt: skip
        if len(found) > 1:
            said += " " + ntr("sources", "{n} more question follows.", "{n} more questions follow.", len(found) - 1)
        answers = [] if self._desk.workspace.read_only else [
            BarAnswer("keep", tr("sources", "Keep {value}", value=cut(here.said, 24)), lambda: self._decide(first, 1)),
            BarAnswer("take", tr("sources", "Use {value}", value=cut(there.said, 24)), lambda: self._decide(first, 2)),
        ]  # fmt: skip
        self.say(ASKED, said, *answers, closes=False)

    def _decide(self, asked: Conflict, number: int) -> None:
        from ucapdesk.services.exchange import conflicts

        if self._view.perform(lambda: conflicts.choose(self._desk, asked, number)):
            self.look()


class RecordView(RecordPage):
    """Shows and edits one record."""

    _header: Header

    def __init__(self, desk: Desk, arrangement: WindowLayout, parent: QWidget | None = None) -> None:
        super().__init__(desk, arrangement, parent)
        self.setObjectName("record")
        self.form: RecordForm | None = None
        self.parts: RecordParts | None = None
        self.special: RecordScreen | None = None
        self.top = TopRow(self)
        self.saving = Saving(desk, self)
        self.saving.busy.connect(self.top.say_saving)
        self.saving.saved.connect(self._say_saved)
        self.saving.held_back.connect(self.top.say_not_saved)
        self.saving.failed.connect(self._say_not_saved)
        self.saving.made.connect(self._made)
        self.bar = MessageBar("record.bar", self)
        self.conflict = EditConflict(self)
        self.page = PageArea(self)
        self.setFocusProxy(self.page)
        self._catcher, self.copies = FileDrop(self), ExternalEdits(desk, self)
        self.sources, self.similar = SourceQuestions(self), SimilarRecords(self)
        column(self.top, self.bar, self.sources, grow(self.page), on=self, gap=0, margins=(0, 0, 0, 0))
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self._leave)
        self._lay_out(None)
        ChangeListener(desk, self._changed, self)

    @property
    def editors(self) -> dict[str, Editor]:
        return self.form.editors if self.form else {}

    # -- showing ----------------------------------------------------------------------------------

    def show_record(self, id_: str | None) -> None:
        """Show a record, or the placeholder. A text that could not be written keeps its record on the screen."""
        if not self.can_leave():
            return
        if id_ and id_ == self.id:
            self.refresh()
            return
        left = self.saving.left_behind(title_of(self.record, language(), self._name)) if self.record else None
        self._new = None
        self._lay_out(records.get(self.desk, id_) if id_ else None)
        if left:
            self.bar.say(
                "left",
                left[0],
                BarAnswer("copy", tr("record", "Copy text"), lambda: QApplication.clipboard().setText(left[1])),
                problem=True,
            )

    @property
    def begun(self) -> tuple[Kind, dict[str, Any]] | None:
        """The kind and given values of a record that is not created yet."""
        return (kind_of(self.record), self._new) if self.record is not None and self._new is not None else None

    def show_new(self, kind: Kind, owner: str | None = None, given: Mapping[str, Any] | None = None) -> None:
        """Show an empty form with the values ``given``; the record is created when its first field is left."""
        if not self.can_leave():
            return
        self._new = {**({"owner": owner} if owner else {}), **(given or {})}
        record = kind.cls()
        record.__dict__.update(self._new)
        self._lay_out(record)
        if self.form:
            self.form.focus(next(iter(self.form.editors)))
            announce(self, self._header.title.text())

    def _changed(self, change: ChangeEvent) -> None:
        self.refresh()
        if visits.sides_may_differ(change):
            self.sides_changed.emit()

    def refresh(self) -> None:
        if self.record is None or self._new is not None:
            return
        if (shown := records.shown(self.desk, self.record.id)) != self.record.id:  # it is merged with another now
            self.opened.emit(shown)
            return
        record = records.get(self.desk, shown) if records.exists(self.desk, shown) else None
        if record is None or record.is_deleted != self.record.is_deleted:  # removed for good, or to the Trash and back
            self._lay_out(record)
            return
        with focus_kept(self.page):
            self._read_parts(record)
            self._fill(record)
            if self.parts:
                self.parts.refresh(self.owned)

    def focus_field(self, name: str) -> bool:
        if self.form is None or self.special is None:
            return False
        found = self.special.point_at(name)
        if found is None and self.show_form(name):
            found = self.form.point_at(name)
        if found is None and self.parts and name in KINDS:
            self.special.bring(self.parts)
            found = self.parts.point_at(name)
        if found is not None:
            self._contents.activate()
            self.page.ensureWidgetVisible(found)
        return found is not None

    def show_form(self, name: str) -> bool:
        """Bring the form into view, if the kind has a field of this name."""
        there = self.record is not None and name.partition(".")[0] in kind_of(self.record).fields
        if there and self.special and self.form:
            self.special.bring(self.form)
        return there

    def take_focus(self) -> None:
        if self.form is None or self.special is None:
            self.setFocus()
        elif not self.special.focus_first():
            self.special.bring(self.form)
            self.form.focus(next(iter(self.form.editors)))

    def place_of(self, id_: str) -> str:
        """Return the record whose form shows this one: itself, or its owner where it is a row there."""
        from ucapdesk.ui.record.record_screen import in_rows

        record = records.get(self.desk, id_)
        kind, owner = kind_of(record), getattr(record, "owner", None)
        return str(owner) if owner and in_rows(kind) and not record.is_deleted else id_

    def resume(self, left: LeftoverDraft) -> None:
        """Focus the field in which typing ended with the program, with its text that was not valid yet."""
        self.focus_cell(left.id, left.place)
        if self.id != left.id:
            return
        for name, texts in left.half.items():
            if self.form and (editor := self.form.reveal(name)):
                self.saving.put_back(editor, texts)

    def focus_cell(self, id_: str, cell: str) -> bool:
        """Focus a field of the record shown, or of a part that is a row here; return False where neither has it."""
        if not self.parts or not self.special or self.id == id_:
            return self.focus_field(cell)
        if not self.special.resume(id_, cell):
            from ucapdesk.ui.record.form import focus_cell

            self.special.bring(self.parts)
            if (row := self.parts.row_of(id_)) is not None:
                focus_cell(row, cell)
        name = f"field.{cell.partition('.')[0]}."
        return any(f"{each.objectName()}.".startswith(name) for each in ancestors(self.window().focusWidget()))

    def point_at_part(self, ids: Iterable[str]) -> bool:
        """Frame a part that is a row here; return False where none of these is."""
        wanted, shown = sorted(ids), [each for each in (self.special, self.parts) if each is not None]
        found = next((row for at in shown for id_ in wanted if (row := at.row_of(id_)) is not None), None)
        if found is not None and self.special is not None:
            self.special.bring(found)
            self._contents.activate()
            self.page.point_at(found)
        return found is not None

    def _lay_out(self, record: Record | None) -> None:
        new = self._new
        self._take_down()
        if self.page.shown:  # the focus of the old one went to a list, which has shown its record meanwhile
            if record is None:
                return
            self._new = new
            self._take_down()
        self.record = record
        page = self.page.new_page()
        self._contents = contents = column(
            on=page, gap=theme.FIELDS, margins=(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        )
        self.top.setVisible(record is not None)
        self.top.say_nothing()
        if record is None:
            said = tr("record", "Select a record in the list.")
            empty = label(said, "second", parent=page)
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            add(contents, STRETCH, empty, STRETCH)
            self.page.setAccessibleName(said)
        else:
            contents.addStretch(1)
            self._read_parts(record)
            self._build(record, contents)
        self._catcher.watch(page)
        if record is not None:
            self._fill(record)
            self.saving.restore_drafts()
        self.page.show_page(page, whole=record is None or bool(self.special and self.special.whole))
        self.shown.emit()

    def _take_down(self) -> None:
        """Remove the old page. It may be handling an event, and losing the focus must not save it into another record."""
        self.saving.release_all()
        self.form, self.parts, self.special = None, None, None
        self._catcher.take, self._catcher.take_rows = None, None
        self._catcher.watch(None)
        self.bar.clear(self.bar.about)
        self.sources.expect(None)
        self.similar.expect(None, None)
        self.page.take_down()

    def _build(self, record: Record, contents: QVBoxLayout) -> None:
        from ucapdesk.ui.record.form import RecordForm  # many modules, which a window without a record does not need

        self.target = target = Target(kind_of(record), self.id, dict(self._new or {}))
        self._header = Header(self, contents.parentWidget())
        contents.insertWidget(0, self._header)
        self.form = RecordForm(self, record, target, contents.parentWidget())
        self.form.wanted.connect(self.focus_field)
        special: RecordScreen = presentation(target.kind.name).screen_class().for_record(record)(self, contents)
        self.special = special
        special.put_form(self.form)
        if record.is_deleted:
            back = BarAnswer("restore", tr("action", "Restore"), lambda: self.restore(record.id))
            answers = [] if self.desk.workspace.read_only else [back]
            self.bar.say("trash", tr("record", "This record is in the Trash."), *answers, closes=False)
        if self._new is None:
            self._put_parts(special, record)

    def _put_parts(self, screen: RecordScreen, record: Record) -> None:
        """Show the parts of a record that exists; a new record shows only its form."""
        from ucapdesk.ui.record.record_screen import RecordParts

        parts = RecordParts(self, record, screen.covers, screen.page)
        parts.refresh(self.owned)
        self._catcher.take = parts.files.take if parts.files else None
        parts.wanted.connect(lambda name: self.show_new(KINDS[name], record.id))
        screen.put_parts(parts)
        self._catcher.take_rows = None if self.read_only else screen.paste_rows
        self.parts = parts

    @property
    def takes_people(self) -> bool:
        return bool(self.id and not self.desk.workspace.read_only and self.special and self.special.takes_people)

    def take_rows(self, text: str) -> bool:
        return self.takes_people and self.special is not None and self.special.paste_rows(text)

    def restore(self, id_: str) -> None:
        """Take a record out of the Trash; an obstacle is shown in its own words."""
        try:
            records.untrash(self.desk, id_)
        except UserError as error:
            self.bar.say("trash", error.say(), closes=False)

    def _read_parts(self, record: Record) -> None:
        there = self._new is None
        self.owned = records.children(self.desk, record.id, hidden=bool(record.is_deleted)) if there else {}

    def _fill(self, record: Record) -> None:
        self.record = record
        lang = language()
        title, second = (title_of(record, each, self._name) for each in (lang, counterpart(lang)))
        second = "" if second in {title, kind_of(record).label("en"), kind_of(record).label("zh")} else second
        made = self._new is None
        owner = getattr(record, "owner", None) or ""
        self.page.setAccessibleName(title)
        self.top.show_record(record, owner, self._name(owner) if owner else "", made=made)
        self._header.show_record(record, title, second, made=made)
        self.similar.expect(self._header, record if made else None)
        seen: Seen = self.desk.heads(record.id) if made else {}
        self.conflict.look(record, seen)
        self.sources.expect(record if made else None)
        if self.form:
            self.form.fill(record, self.owned, seen, typed_in=self.saving.typed_in)
        if self.special:
            self.special.fill(record)

    def _name(self, id_: str) -> str:
        return records.title_or_id(self.desk, id_)

    def _leave(self) -> None:
        self.save_now()
        self.left.emit()

    # -- saving -----------------------------------------------------------------------------------

    def _say_saved(self) -> None:
        if self.saving.refused:
            self.top.say_not_saved()
        else:
            self.bar.clear("saving")
            self.top.say_saved()
            announce(self, self.top.state.text())
        self.saved.emit()

    def _say_not_saved(self, editor: Editor, error: UserError) -> None:
        if not self.conflict.refused(editor, error):
            said = tr("record", "Not saved: {reason}", reason=error.say())
            again = BarAnswer("again", tr("record", "Try again"), self.saving.try_again)
            self.bar.say(
                "saving",
                said,
                again,
                BarAnswer("copy", tr("record", "Copy text"), self._copy_unsaved),
                problem=True,
                closes=False,
            )
            announce(self, said, urgent=True)
        self.page.ensureWidgetVisible(editor)

    def _copy_unsaved(self) -> None:
        QApplication.clipboard().setText(self.saving.unsaved_text())
        self.saving.discard()

    def make_now(self) -> str:
        if self._new is not None and self.target is not None:
            self.target.make(self.desk, self._new)
            self._made(self.target)
            self.saved.emit()
        return self.id or ""

    def _made(self, target: Target) -> None:
        """Note that the new record exists. Its form stays as it is, with the cursor where it is by now."""
        if self._new is None or target.id is None:  # it is one of the parts
            return
        self._new = None
        record = records.get(self.desk, target.id)
        self.record = record
        self._read_parts(record)
        if self.special:
            self._put_parts(self.special, record)
        self._fill(record)
        self.opened.emit(record.id)
