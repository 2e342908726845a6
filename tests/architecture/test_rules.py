"""Every numbered rule of the user interface is held by a test that names it: ``@pytest.mark.rule("S1")``.

The list here is the record of the rules: what each is about, in a few words. A rule whose screen is not there yet
stands apart with the reason; nothing else may be without a test.
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.marks import complaints, named
from tests.helpers.source_tree import Module, everything

RULES = {
    "S1": "when a field is written", "S2": "a crash costs two seconds of typing at most",
    "S3": "what is said about saving", "S4": "a new record is there from its first letter",
    "S5": "saving never sets the text one is typing", "S6": "saving waits for an input method",
    "S7": "quitting asks nothing",
    "U1": "undo of typing first, then of the last step, which is shown", "U2": "what one step is, and that 200 can be undone",
    "U3": "after a restart: history and Trash", "U4": "an import taken back, but for what was changed since",
    "U5": "no questions where undo works, but before what others name goes to the Trash",
    "B1": "texts in pairs, each named by its language", "B2": "states of a text",
    "B3": "when a translation is outdated", "B4": "from one language to the other", "B5": "beside or above one another",
    "B6": "the reader's language first, never an empty cell", "B7": "pasting", "B8": "the counterpart of a term is offered, never put in by Enter",
    "B9": "parts of names",
    "I1": "nothing refuses a letter", "I2": "keys belong to the input method while it composes",
    "I3": "completion begins with what is committed", "I4": "losing the focus keeps the composition",
    "I5": "full-width signs are read", "I6": "hints for input methods", "I7": "Chinese in a Chinese face",
    "K1": "the keys of the table work everywhere", "K2": "no single letters, nothing that a layout lacks",
    "K3": "Tab goes in the order of reading", "K4": "no trap for the keys", "K5": "keys are shown, and can be changed",
    "V1": "nothing stops a draft", "V2": "checked when left, told under the field", "V3": "dates and hours typed freely",
    "V4": "what is missing is said beforehand", "V5": "bulk change tells what it does, and adds",
    "V6": "three parts of an error", "V7": "a workspace that cannot be opened",
    "T3": "somebody named in passing becomes a record to complete",
    "L1": "the window answers during long work, which can be stopped", "L2": "how fast things answer",
    "L3": "one long work at a time, and quitting meanwhile",
    "F1": "what a search looks through", "F2": "one and two Chinese characters are found", "F3": "the order of what is found",
    "A1": "contrast, focus, sizes", "A2": "everything has a name", "A3": "cells tell their meaning",
    "A4": "what is announced", "A5": "nothing by colour, hover, drag or time alone",
    "A6": "the system's wishes for contrast and motion", "A8": "standard views",
    "T1": "files are kept as copies", "T2": "hours on the clock of the place",
    "G1": "three choices of language", "G2": "a change at once", "G3": "no text stored at construction",
    "G4": "languages by their own names", "G5": "nothing untranslated or cut off", "G6": "sorting and numbers by language",
    "X1": "the chip about the exchange and its states", "X2": "no word about a network",
    "X3": "packages are found, offered once, and go on being offered", "X4": "all or nothing, with a safety copy, once, undone",
    "X5": "conflicts wait and never vanish", "X6": "what merges by itself and what is asked",
    "X7": "written and checked, or said not to be", "X8": "the sample is not exchanged", "X9": "packages of a newer program",
    "C1": "the whole ring of Tab, named and large enough", "C2": "computed contrast", "C3": "nothing cut off at any size",
    "C4": "nothing cut off in any language", "C5": "undo brings the same content back", "C6": "killed at any moment",
    "C7": "nobody takes keys from an input method",
    "P1": "what is previewed is printed, at the same page and place", "P2": "copies, page and sides, and no printer",
    "P3": "what lacks its translation", "P4": "what stands on every page", "P5": "private numbers only where asked for",
    "P6": "fonts and characters", "P7": "everything that is shown can be printed",
    "W1": "the first page: now, next, tomorrow, what needs somebody", "W2": "a visit by its days, with one point in full beside them",
    "W3": "a meeting in the order of writing it down",
    "W4": "the register of MoUs: how far each is, its parties, its signing, its end",
    "W5": "a person: both names as they will be shown, post, private numbers, what is around, look-alikes, incomplete ones",
    "W6": "a UCAP with its themes and its time line; a city with who is there",
    "W7": "a pack: what is in it at the left, its pages at the right, what lacks, copies, print, save, to a stick",
    "W8": "exchange: give, what was received, what is decided", "W9": "settings on one page with a search, each at once",
    "W10": "the first start on one page: language, who one is, three ways to begin",
    "W11": "search and commands: records before commands, and where to begin before anything is typed",
    "W12": "texts to translate, one after another, with the glossary, out to a translator and back",
    "W13": "nothing there, nothing that fits, nothing that can be read: one sentence and the way on",
    "J1": "a meeting that just ended, six people, three actions, by keys alone", "J1b": "the same where the programme has it",
    "J2": "tomorrow's pack for everybody in three clicks", "J3": "work swapped by a stick in four clicks each",
    "J4": "three clashes decided with eight keys", "J5": "a person from a card in two scripts",
    "J6": "a day of six points in six lines", "J7": "a late flight moves the rest of the day",
    "J8": "what was agreed on hydrogen, without an input method", "J9": "all that lacks its Chinese, from the pack",
    "J10": "an MoU signed, with its day, two signatories and the scan", "J11": "from the first start to today's programme, in Chinese alone",
    "J12": "three actions ticked, one put off",
    "R1": "sections, list and record side by side; narrow, sections are icons",
    "R2": "a menu bar that holds every command", "R3": "a meeting, its people and its actions in one form",
    "R4": "a meeting or an action from anywhere, by one key",
    "R5": "one line says it all, and shows what was understood", "R6": "everything saves itself, and one place says so",
    "R7": "everything can be undone", "R8": "going back undoes nothing", "R9": "closing loses nothing that was begun",
    "R10": "Del goes to the Trash without a question", "R11": "the history of a record: who, when, which field; brought back",
    "R12": "one line for records and commands", "R13": "Chinese is found by pinyin and initials",
    "R14": "records opened last, back and forward", "R15": "each list is filtered as one types, and by chips",
    "R16": "a list as it stands is kept under a name", "R17": "a day as a list with its hours, gaps and clashes",
    "R18": "visits, points and meetings of a week, and of a month", "R19": "the rest of a day is put off",
    "R20": "two languages beside one another, each named", "R21": "missing, outdated and same are told apart and counted",
    "R22": "one page for all that is to be translated", "R23": "who may be there already is said; made one by hand, field by field, undone",
    "R24": "names in parts, in the order of each language", "R25": "tags; many records get one more, none loses one",
    "R26": "files by dragging, as copies", "R27": "an empty page says where to begin",
    "R28": "the first start is one page of three questions", "R29": "the sample lives apart, goes away, and is given to nobody",
    "R30": "how one stands with the others is always seen", "R31": "a reminder when nothing was given for long",
    "R32": "what comes in is seen before, and can be taken back", "R33": "never all or nothing",
    "R34": "what does not clash merges by itself", "R35": "clashes are decided field by field, with names and times, or later",
    "R36": "both of two files stay", "R37": "what is on a stick was read back before one is told to remove it",
    "R38": "long work says how far it is, can be stopped, and does not stand in the way",
    "R39": "the preview keeps its place", "R40": "no date can be read in two ways", "R41": "an empty date is empty",
    "R42": "light, dark, or as the system", "R43": "everything grows with the text", "R44": "close rows or roomy ones",
    "R45": "everything has a name for those who hear it, and changes are said", "R46": "another language without a restart",
    "R48": "menus at the pointer are a second way only", "R49": "a setting is in force at once", "R50": "no network, and no word of it",
}  # fmt: skip

LATER = {
    "A7": "comes before a release: by hand, with readers of screens (docs/manual-checks.md)",
    "C8": "pictures are looked at by people (make pictures)",
}


def test_every_rule_of_the_user_interface_is_named_by_a_test() -> None:
    found = list(complaints(list(named(everything())), RULES, LATER))
    assert not found, "\n" + "\n".join(found)


def test_a_rule_is_either_held_or_waits_for_its_screen() -> None:
    assert not set(RULES) & set(LATER)
    assert all(reason.startswith("comes ") or "by people" in reason for reason in LATER.values())


def test_a_missing_rule_and_an_unknown_one_are_seen() -> None:
    source = (
        "import pytest\n"
        "pytestmark = [pytest.mark.rule('S3')]\n"
        "@pytest.mark.rule('S1', 'Q9')\ndef test_a() -> None: ...\n"
        "@pytest.mark.rule('S2')\ndef helper() -> None: ...\n"
    )
    module = Module(Path("test_a.py"), "tests.test_a", source, ast.parse(source))
    other = Module(Path("other.py"), "tests.other", source, module.tree)
    found = list(named([module, other]))
    assert [rule for rule, _ in found] == ["S3", "S1", "Q9"]
    told = list(complaints(found, ["S1", "S2", "S3"], []))
    assert len(told) == 2
    assert "S2" in told[0]
    assert "Q9" in told[1]
