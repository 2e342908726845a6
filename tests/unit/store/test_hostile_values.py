"""Whatever is typed or received: a save writes only what every desk can read, and a package never breaks the desk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.changesets import take_in
from tests.helpers.errors import user_error
from tests.helpers.silence import LogWatch
from ucapdesk.base.errors import UserError
from ucapdesk.base.ids import new_id
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting
from ucapdesk.model.record import mapped
from ucapdesk.model.values import Bilingual, Codes, FileRef, PartialDate, PersonName, Quantity
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import make, parse
from ucapdesk.store.merge.merge3 import text3
from ucapdesk.store.refusals import InTrash


@pytest.fixture
def desk(workspace_folder: Path) -> Iterator[Desk]:
    with Desk.open(workspace_folder) as opened:
        yield opened


def _add(desk: Desk, cls: Any, **values: Any) -> str:
    with desk.save(["record.add", {}]) as save:
        return str(save.new(cls, **values).id)


def _all_lines(desk: Desk) -> list[str]:
    return [line for changeset in desk.log.changesets() for line in changeset.lines]


@given(text=st.text(st.characters(), min_size=1), number=st.integers())
@settings(max_examples=60)
def test_every_save_can_be_read_by_every_desk(desk: Desk, text: str, number: int) -> None:
    with contextlib.suppress(UserError, ValueError):
        _add(desk, Agreement, title=Bilingual(en=text), reference=text, term_months=number, tags=Codes([text]))
    lines = _all_lines(desk)
    assert [line for changeset in parse(lines) for line in changeset.lines] == lines


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", Bilingual(en="a\0b")),
        ("term_months", 2**60),
        ("term_months", 1.5),
        ("term_months", [1]),
        ("tags", Codes(["a\0b"])),
    ],
)
def test_a_value_no_record_can_hold_is_refused_in_one_sentence(desk: Desk, field: str, value: object) -> None:
    with user_error("impossible-value", match="cannot hold this value"):
        _add(desk, Agreement, **{field: value})
    assert _all_lines(desk) == []


def test_text_is_stored_the_same_way_however_it_was_typed(desk: Desk) -> None:
    id_ = _add(desk, Meeting, title=Bilingual(en="cafe\u0301\r\nbar"))
    record = desk.read.get(Meeting, id_)
    assert record is not None
    assert record.title == Bilingual(en="caf\u00e9\nbar")


def test_a_tab_in_a_name_or_a_file_name_is_kept(desk: Desk) -> None:
    person = _add(desk, Person, name=PersonName(family="Gar\tcia"))
    file = _add(desk, Attachment, owner=person, file=FileRef("a" * 64, "scan\t1.pdf", "application/pdf", 3))
    found = desk.read.get(Attachment, file)
    assert found is not None
    assert found.file is not None
    assert found.file.name == "scan\t1.pdf"
    assert desk.read.get(Person, person) is not None


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("agreement", {"signed": 2019}),
        ("place", {"population": {"value": "1E+9999999"}}),
        ("place", {"population": {"value": [1]}}),
        ("agreement", {"title.en": {"?": []}}),
        ("agreement", {"title.en": {"?": [["ghost", 3]]}}),
        ("agreement", {"title.en": {"?": [["stranger", 1]]}}),
        ("agreement", {"title.en": {"?": None}}),
        ("agenda_item", {"pos": "é1", "title.en": 5}),
        ("meeting", {"when": {"date": "2019-06", "tz": "Mars/Olympus"}}),
    ],
)
def test_an_odd_value_from_elsewhere_is_taken_in_and_the_desk_goes_on(
    desk: Desk, kind: str, cells: dict[str, Any]
) -> None:
    id_ = new_id()
    header = {"d": "stranger", "s": 1, "t": 5, "y": 1, "p": "X", "l": ["x", {}]}
    take_in(desk, parse(make(header, [(kind, id_, cells)]).lines))
    assert desk.read.record(id_) is not None
    with desk.transaction():
        desk.merge.rebuild()
    assert desk.read.record(id_) is not None


@pytest.mark.parametrize("owner", ["00000000-0000-4000-8000-000000000000", {"a": 1}])
def test_changes_that_speak_of_records_not_among_them_are_refused_whole(desk: Desk, owner: object) -> None:
    header = {"d": "stranger", "s": 1, "t": 5, "y": 1, "p": "X", "l": ["x", {}]}
    with user_error("broken-links", match="complete package"):
        take_in(desk, parse(make(header, [("agenda_item", new_id(), {"owner": owner})]).lines))
    assert _all_lines(desk) == []
    _add(desk, Meeting)


def test_long_texts_that_repeat_themselves_are_asked_about_and_never_wait() -> None:
    base = "the same line\n" * 4000
    assert text3(base, "first\n" + base, base + "last\n") == "first\n" + base + "last\n"
    assert text3(base, "x\n".join(["the same line\n"] * 3000), base + "last\n") is None


def test_a_failing_listener_does_not_make_a_saved_record_look_lost(desk: Desk, log_watch: LogWatch) -> None:
    told: list[object] = []

    def fails(_: object) -> None:
        raise RuntimeError("mine")

    desk.subscribe(fails)
    desk.subscribe(told.append)
    log_watch.expect("a listener failed")
    _add(desk, Meeting)
    assert len(told) == 1


def test_passport_data_is_never_written_into_an_unprotected_workspace(desk: Desk) -> None:
    with user_error("local-field"):
        _add(desk, Person, passport_number="YA1")


def test_a_person_made_again_has_nobody_elses_passport(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "p", name="P", person="Ana", passphrase="secret words") as desk:
        id_ = _add(desk, Person, passport_number="SECRETA")
        with desk.save(["record.trash", {}]) as save:
            save.trash(id_)
        with desk.save(["record.add", {}]) as save:
            save.new(Person, id_, name=PersonName(family="Rossi"))
        person = desk.read.get(Person, id_)
        assert person is not None
        assert person.passport_number is None


def test_undo_after_a_passport_was_typed_does_not_trash_the_person(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "p", name="P", person="Ana", passphrase="secret words") as desk:
        id_ = _add(desk, Person, name=PersonName(family="Rossi"))
        with desk.save(["record.edit", {}]) as save:
            save.get(Person, id_).passport_number = "YA1"
        desk.undo()
        person = desk.read.get(Person, id_)
        assert person is not None
        assert not person.is_deleted


def test_nothing_gets_an_owner_in_the_trash_and_no_owner_is_changed(desk: Desk) -> None:
    dead, alive = _add(desk, Meeting), _add(desk, Meeting)
    with desk.save(["record.trash", {}]) as save:
        save.trash(dead)
    with pytest.raises(InTrash), desk.save(["record.add", {}]) as save:
        save.new(AgendaItem).owner = dead
    with pytest.raises(InTrash), desk.save(["record.add", {}]) as save:
        _trash_and_add_to(save, alive)
    item = _add(desk, AgendaItem, owner=alive)
    with pytest.raises(ValueError, match="never changed"), desk.save(["record.edit", {}]) as save:
        save.get(AgendaItem, item).owner = _other(save)


def _trash_and_add_to(save: Any, id_: str) -> None:
    save.trash(id_)
    save.new(AgendaItem, owner=id_)


def _other(save: Any) -> str:
    return str(save.new(Meeting).id)


def test_full_width_figures_are_read_as_figures() -> None:
    with pytest.raises(ValueError, match="２０１９"):
        PartialDate("２０１９")
    field = mapped(Agreement).__table__.c.signed.type
    assert field.read("２０１９-06") == PartialDate("2019-06")  # type: ignore[attr-defined]


def test_a_size_beyond_all_sense_is_no_number() -> None:
    with pytest.raises(ValueError, match="1E"):
        Quantity("1E+999990")
