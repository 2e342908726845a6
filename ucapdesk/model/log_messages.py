"""Sentences of the log: each changeset has a key with arguments, worded here in the reader's language.

A label is a list such as ``["records.trash", {"ids": […]}]``. Arguments are ids, kinds, names of fields, numbers and days,
never words of one language nor names that people give to people, records or files: a label is signed with its header and
stays in the log when the data of a person is removed. Here they become a sentence. A key of a newer program is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ucapdesk.base.i18n import Counted, Message, tr
from ucapdesk.base.ids import ID
from ucapdesk.model.dates.formatting import say_day
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.status import state_label
from ucapdesk.model.text.fields_in_words import Names, label_of
from ucapdesk.model.values import PartialDate

SENTENCES: Mapping[str, Message] = {
    "workspace.make": Message("log", "Created the workspace"),
    "sample.make": Message("log", "Created the sample"),
    "record.add": Message("log", "Added “{id}” ({kind})"),
    "record.edit": Message("log", "Changed “{id}” ({kind}): {fields}"),
    "record.duplicate": Message("log", "Duplicated “{id}” ({kind})"),
    "record.move": Message("log", "Moved “{id}” ({kind}) in its order"),
    "record.trash": Message("log", "Moved “{id}” ({kind}) to the Trash"),
    "record.untrash": Message("log", "Restored “{id}” ({kind}) from the Trash"),
    "minutes.to_action": Message("log", "Turned a line of the minutes into an action: “{id}”"),
    "agreement.status": Message("log", "Moved “{id}” on: {steps}"),
    "agreement.reopen": Message("log", "Moved “{id}” back to: {steps}"),
    "agreement.sign": Message("log", "Marked “{id}” as signed: {steps}"),
    "visit.split": Message("log", "Split the delegation at “{id}”"),
    "visit.rank": Message("log", "Put the people of “{id}” in order of rank"),
    "visit.checklist": Message("log", "Added the usual checklist to “{id}”"),
    "template.use": Message("log", "Used “{template}” for “{id}”"),
    "attach": Message("log", "Attached a file to “{id}”"),
    "decide": Message("log", "Chose between versions of “{id}”: {cell}"),
    "draft.keep": Message("log", "Kept what was typed into “{id}” ({kind}): {fields}"),
    "undo": Message("log", "Undid: {of}"),
    "redo": Message("log", "Redid: {of}"),
    "restore": Message("log", "Restored an earlier state of “{id}” ({kind}): {fields}"),
    "erase": Message("log", "Removed the data of a person"),
    "device.name": Message("log", "Named this computer"),
    "device.retire": Message("log", "Marked a laptop as no longer used"),
    "receive": Message("log", "Received changes"),
    "receive.take_back": Message("log", "Undid receiving a package"),
    "same.link": Message("log", "Marked “{id}” and “{other}” as the same"),
    "same.differ": Message("log", "Marked “{id}” and “{other}” as not the same"),
    "same.part": Message("log", "Separated “{id}” and “{other}” again"),
}


COUNTED: Mapping[str, Counted] = {
    "countries.add": Counted("log", "Listed {n} country or region", "Listed {n} countries and regions"),
    "records.import": Counted("log", "Imported {n} record from a file", "Imported {n} records from files"),
    "attach": Counted("log", "Attached {n} file to “{id}”", "Attached {n} files to “{id}”"),
    "meeting.expected": Counted("log", "Added {n} participant to “{id}”", "Added {n} participants to “{id}”"),
    "records.edit": Counted("log", "Changed {n} record", "Changed {n} records"),
    "records.trash": Counted("log", "Moved {n} record to the Trash", "Moved {n} records to the Trash"),
    "records.untrash": Counted("log", "Restored {n} record from the Trash", "Restored {n} records from the Trash"),
    "visit.delay_day": Counted("log", "Moved {n} item of {day} by {by}", "Moved {n} items of {day} by {by}"),
    "visit.copy_day": Counted("log", "Copied {n} item of {day} to {to}", "Copied {n} items of {day} to {to}"),
    "visit.online": Counted("log", "Moved “{id}” online, with {n} meeting", "Moved “{id}” online, with {n} meetings"),
}


def sentence(label: Sequence[Any], lang: str | None = None, names: Names = str) -> str:
    """Return the sentence of a log label; its key where this version does not know it or an argument is missing."""
    key, args = (*label, {}, {})[:2] if label else ("", {})
    try:
        said = {name: _said(name, value, args, lang, names) for name, value in args.items()}
        if "n" in args and key in COUNTED:
            return COUNTED[key].say(said.pop("n"), lang, **said)
        message = SENTENCES.get(key)
        speaks_of = "{" in message.text if message else False
        return replace(message, args=said).say(lang) if message and (said or not speaks_of) else str(key)
    except (KeyError, TypeError, ValueError, AttributeError):
        return str(key)


def _said(name: str, value: Any, args: Mapping[str, Any], lang: str | None, names: Names) -> Any:
    if name == "of":
        return sentence(value, lang, names)
    if name == "kind":
        return KINDS[value].label(lang) if value in KINDS else value
    if name == "steps":
        return " → ".join(state_label(each, lang) for each in value)
    if name == "fields":
        return tr("log", ", ", lang).join(label_of(args.get("kind", ""), each, lang) for each in value)
    if name == "cell":
        return label_of(args.get("kind", ""), value, lang)
    if name in ("day", "to"):
        return say_day(PartialDate(value), lang)
    if name == "by":
        return f"{'−' if value < 0 else ''}{abs(value) // 60}:{abs(value) % 60:02}"
    return names(value) if isinstance(value, str) and ID.fullmatch(value) else value
