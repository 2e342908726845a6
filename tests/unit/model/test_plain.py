"""The names of kinds and fields, and the JSON of records, stay what scripts know; the snapshots are their record."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.unit.model.records import filled, make
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.serialize import describe_kinds, record_to_json
from ucapdesk.model.values import Bilingual

SNAPSHOTS = Path(__file__).parents[2] / "snapshots"


def _compare(name: str, found: Any) -> None:
    """``UCAPDESK_SNAPSHOTS=write`` takes the present state as the new record."""
    text = "[\n" + ",\n".join(_lines(each) for each in found) + "\n]\n"
    path = SNAPSHOTS / name
    if os.environ.get("UCAPDESK_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), (
        f"{name} differs: an addition is written anew, a change of what was released needs a decision record"
    )


def _lines(each: dict[str, Any]) -> str:
    """One record or kind a line, and each field of a kind on its own."""
    fields = each.pop("fields", None)
    text = json.dumps(each, ensure_ascii=False)
    rows = ",\n  ".join(json.dumps(field, ensure_ascii=False) for field in fields or ())
    return text if fields is None else f'{text[:-1]}, "fields": [\n  {rows}\n]}}'


def test_kinds_and_fields_are_those_of_the_snapshot() -> None:
    described = describe_kinds()
    for each in (*described, *(field for kind in described for field in kind["fields"])):
        assert all(each["labels"].values())
        each.pop("plurals", None)
        each["label"] = each.pop("labels")["en"]
    _compare("kinds.json", described)


def test_a_record_of_every_kind_is_as_in_the_snapshot() -> None:
    _compare("records.json", [record_to_json(filled(name)) for name in LISTED])


def test_whose_eyes_a_field_is_for_is_as_in_the_snapshot() -> None:
    """One that more people may read is held back from none of their papers, and no other test would notice."""
    found: list[dict[str, Any]] = []
    for kind in KINDS.values():
        held: dict[str, list[str]] = {}
        for field in kind.fields.values():
            if field.meta.internal:
                held.setdefault(field.meta.audience, []).append(field.name)
            if field.meta.local:
                held.setdefault("here", []).append(field.name)
        found += [{"kind": kind.name, **held}] if held else []
    _compare("audiences.json", found)


def test_no_field_hides_what_every_record_says_of_itself() -> None:
    for name in KINDS:
        assert not {"id", "kind", "states", "computed", "children"} & set(KINDS[name].shown), name


def test_an_empty_record_shows_every_field() -> None:
    plain = record_to_json(make("agenda_item"))
    assert set(plain) == {"id", "kind", "states", *KINDS["agenda_item"].fields}
    assert (plain["kind"], plain["owner"], plain["title"], plain["speakers"], plain["states"]) == (
        "agenda_item", None, {"en": None, "zh": None}, [], {},
    )  # fmt: skip


def test_a_theme_shows_goals_as_sorted_numbers() -> None:
    plain = record_to_json(make("theme", sdgs=["11", "9"], partnerships=["urban_mobility", "digital_transition"]))
    assert plain["sdgs"] == [9, 11]
    assert plain["partnerships"] == ["digital_transition", "urban_mobility"]


def test_states_stand_beside_the_texts_only_where_one_was_said() -> None:
    title = Bilingual(en="Kick-off", zh="启动会").mark("zh", "draft")
    plain = record_to_json(make("meeting", title=title, summary={"en": "Well."}))
    assert plain["title"] == {"en": "Kick-off", "zh": "启动会"}
    assert plain["states"] == {"title": {"zh": "draft"}}


def test_every_language_of_a_text_is_shown() -> None:
    assert record_to_json(make("meeting", title={"de": "Auftakt"}))["title"] == {
        "en": None,
        "zh": None,
        "de": "Auftakt",
    }


def test_owners_of_several_kinds_are_declared() -> None:
    assert KINDS["action_item"].owners == ("meeting", "visit", "agreement", "pilot_project")
    assert [child.name for child in KINDS["pilot_project"].children] == ["road_map_step", "action_item", "attachment"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_kinds_and_no_two_fields_of_one_are_called_the_same(lang: str) -> None:
    """A form, the choice of columns and a sheet that comes back know a field by its label, lists and the Trash a kind."""
    assert len({kind.label(lang) for kind in KINDS.values()}) == len(KINDS)
    for kind in KINDS.values():
        labels = Counter(field.label(lang) for field in kind.shown.values())
        assert [label for label, fields in labels.items() if fields > 1] == [], kind.name
