"""What coordinators need, row by row: each is held by a test that names it, ``@pytest.mark.row("M1")``, or said not to be there.

M: the mission. X: expected of any such program. B: beyond all others.
"""

from __future__ import annotations

from tests.architecture.marks import complaints, named
from tests.helpers.source_tree import everything

ROWS = {
    "M1": "a UCAP with its two sides, as on its one page", "M2": "visits by days, with delegation and hosts",
    "M3": "meetings: who was there, minutes, decisions, actions", "M4": "MoUs: parties, signatories, dates, steps; reported ones beside them",
    "M5": "people, houses and cities, with names in both scripts", "M6": "every text in two languages, and how its translation stands",
    "M7": "a bilingual pack with chosen sections, contents and our own faces", "M8": "seen, printed and saved as PDF without leaving",
    "M9": "one store of one's own, copied before an update, without a network", "M10": "exchange by file: seen before, taken back",
    "M11": "reference data", "M12": "the UCAP document becomes records", "M13": "a sample from the first page",
    "X1": "one search over everything", "X2": "lists, spreadsheets and cards, out and in", "X3": "a calendar, and calendars for others",
    "X4": "what is next, late, ending, missing", "X5": "reminders, in the tray too", "X6": "files as copies, scans at the end of a pack",
    "X7": "steps back, and the Trash", "X8": "who wrote what", "X9": "languages of window, records and papers are three choices",
    "X10": "the papers beside the pack", "X11": "templates, and the same again on other days", "X12": "a checklist that follows the dates",
    "X13": "keys, large text, dark, names for those who hear it", "X14": "nothing is lost; backups, restore, check",
    "X15": "logo, letterhead, colour and footer of one's own organisation", "X16": "the manual inside the program", "X17": "figures of a year", "X18": "a copy that can only be read",
    "B1": "lines broken as both languages want it", "B2": "what is incomplete or cannot be is said before printing",
    "B3": "seats and signatures by rule", "B4": "terms kept the same; a word to avoid lights up while one types", "B5": "texts to a translator and back",
    "B6": "packs are records, with what changed since", "B7": "each reader a copy without what is not for them",
    "B8": "protected packages, and a merge that can be read", "B9": "no day that nobody knows", "B10": "both forms of the UCAP document, and back",
    "B11": "after a visit: report and thanks", "B12": "a partnership along time, and drawn as a network", "B13": "all about a person or city on a page",
    "B14": "public holidays of both sides, and China's shifted working days",
    "B15": "how long data of people is kept, and all of one person", "B16": "PDF with language, title and outline",
    "B17": "forms of address", "B18": "booklet, pocket card, large print",
}  # fmt: skip

# Rows without a test, by reason. Of the rows above one part is not there: of B8 a code to photograph for a change of
# programme.
NOT_THERE: dict[str, str] = {}


def test_every_row_is_named_by_a_test_or_said_not_to_be_there() -> None:
    found = list(complaints(list(named(everything(), "row")), ROWS, NOT_THERE))
    assert not found, "\n" + "\n".join(found)
    assert not set(ROWS) & set(NOT_THERE)
    numbered = [f"{tier}{n}" for tier, last in (("M", 13), ("X", 18), ("B", 18)) for n in range(1, last + 1)]
    assert sorted({*ROWS, *NOT_THERE}) == sorted(numbered)
