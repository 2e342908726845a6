"""What happened is told in the reader's language; the log holds keys and ids alone."""

from __future__ import annotations

import json

from ucapdesk.base.ids import derived_id
from ucapdesk.model.log_messages import sentence

SOME = derived_id("test", "meeting")


def named(record: str) -> str:
    return {SOME: "Kick-off"}[record]


def test_an_edit_names_the_record_and_its_fields() -> None:
    label = ["record.edit", {"kind": "meeting", "id": SOME, "fields": ["title.zh", "mode"]}]
    assert sentence(label, "en", named) == "Changed “Kick-off” (Meeting): Title · 中文, Held"


def test_undo_tells_what_was_undone() -> None:
    label = json.loads(json.dumps(["undo", {"of": ["record.trash", {"kind": "meeting", "id": SOME}]}]))
    assert sentence(label, "en", named) == "Undid: Moved “Kick-off” (Meeting) to the Trash"


def test_a_decision_about_the_trash_names_it() -> None:
    label = ["decide", {"id": SOME, "cell": "~", "kind": "meeting"}]
    assert sentence(label, "en", named) == "Chose between versions of “Kick-off”: Trash"


def test_counts_days_and_hours_are_said() -> None:
    label = ["visit.delay_day", {"n": 4, "day": "2026-11-25", "by": 90}]
    assert sentence(label, "en") == "Moved 4 items of Wed 25 Nov by 1:30"
    assert sentence(["visit.delay_day", {"n": 1, "day": "2026-11-25", "by": -5}], "en").endswith("by −0:05")
    assert sentence(["records.import", {"n": 1}], "en") == "Imported 1 record from a file"
    assert sentence(["attach", {"n": 2, "id": SOME}], "en", named) == "Attached 2 files to “Kick-off”"
    earlier = ["attach", {"id": SOME, "file": "a.txt"}]
    assert sentence(earlier, "en", named) == "Attached a file to “Kick-off”"


def test_a_key_of_a_newer_program_is_shown_as_it_is() -> None:
    assert sentence(["orbit.leave", {"n": 1}], "en") == "orbit.leave"


def test_a_label_that_lacks_what_it_speaks_of_falls_back_to_its_key() -> None:
    labels = (["record.edit"], ["record.edit", {}], ["record.edit", {"fields": 3}])
    assert [sentence(label, "en") for label in labels] == [label[0] for label in labels]
    assert sentence([], "en") == ""
