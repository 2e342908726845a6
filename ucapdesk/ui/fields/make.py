"""Which editor a field gets, from its declaration alone: a field added to a kind has its form without another line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ucapdesk.model.kind import KindField
from ucapdesk.model.values import FileRef, Geo, HanName, PersonName
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import YesNoType
from ucapdesk.model.values.groups import GroupType
from ucapdesk.ui.fields.choices import ChoiceEditor, LinkEditor, PartsEditor, Picker, code_choices, yes_or_no
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.texts import BilingualEditor, ReadOnly, TypedEditor


def editor_for(
    field: KindField, languages: tuple[str, str], pick: Picker, names: Callable[[Iterable[str]], dict[str, str]]
) -> Editor:
    """An editor for a field.

    Args:
        field: The field.
        languages: The two languages of the window, first on the left.
        pick: Asks for records to link.
        names: Titles of linked records.
    """
    if isinstance(field.type, BilingualType):
        return BilingualEditor(field, languages)
    if isinstance(field.type, YesNoType):
        return ChoiceEditor(field, yes_or_no())
    if isinstance(field.type, GroupType) and field.type.cls is FileRef:
        return ReadOnly(field)
    if isinstance(field.type, GroupType) and field.type.cls in (PersonName, HanName, Geo):
        return PartsEditor(field)
    if field.meta.kinds:
        return LinkEditor(field, pick, names)
    if field.meta.codes and not field.is_set:
        return ChoiceEditor(field, code_choices(field))
    return TypedEditor(field)
