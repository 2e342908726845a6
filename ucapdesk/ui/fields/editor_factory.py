"""Chooses the editor of a field from its declaration alone, so that a new field needs no code here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import language, pair, tr
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import FileRef, HanName, PersonName, When
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import YesNoType
from ucapdesk.model.values.groups import GroupType
from ucapdesk.services import Desk
from ucapdesk.services.translations import translations
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.links import LinksEditor
from ucapdesk.ui.fields.text_editors import BilingualEditor, TermMarks
from ucapdesk.ui.fields.value_editors import ChoiceEditor, NameEditor, PictureEditor, ReadOnly, TypedEditor, WhenEditor


def editor_for(field: KindField, desk: Desk, parent: QWidget | None = None) -> Editor:
    """Return an editor for a field; ``desk`` knows the records it may link to.

    ``parent``: where it will be: a widget that moves is dressed once more, with all its children.
    """
    group = field.type.cls if isinstance(field.type, GroupType) else None
    if field.meta.printed or (group is FileRef and field.kind != "house_style"):
        return ReadOnly(field, desk, parent)
    if isinstance(field.type, BilingualType):
        editor = BilingualEditor(field, pair(), parent)
        TermMarks(editor.inputs, desk, editor)
        if not field.meta.long:
            editor.hints.counterpart = lambda text, source, target: translations.counterpart(desk, text, source, target)
        return editor
    if isinstance(field.type, YesNoType):
        return ChoiceEditor(field, [(True, tr("form", "Yes")), (False, tr("form", "No"))], parent)
    if group is FileRef:
        return PictureEditor(field, desk, parent)
    if group in {PersonName, HanName}:
        return NameEditor(field, parent)
    if group is When:
        return WhenEditor(field, desk, parent)
    if field.meta.kinds or field.is_set or field.meta.shape == "zone":
        return LinksEditor(field, desk, parent)
    if field.meta.codes:
        choices = [(code, field.code_label(code, language())) for code in codes(field.meta.codes)]
        return ChoiceEditor(field, choices, parent)
    return TypedEditor(field, desk, parent)
