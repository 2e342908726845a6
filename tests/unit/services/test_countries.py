"""Every workspace lists the countries and regions, and that is nobody's step and nobody's news."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from tests.helpers.golden import GOLDEN, PACKAGE, WORKSPACE
from tests.helpers.paper_cells import words_of_rows
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base.i18n import use_language
from ucapdesk.model.codes import codes
from ucapdesk.model.dates.zones import zone_labels
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.partnership_kinds import Ucap, country_id
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes, PartialDate
from ucapdesk.papers.documents.ucap_papers import glance_section
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import history, records, search
from ucapdesk.services.records.completion import day_note
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.services.workspaces.workspace_service import add_missing_countries
from ucapdesk.store.refusals import NothingToUndo

TAIWAN, FRANCE, CZECHIA = (country_id(code) for code in ("TW", "FR", "CZ"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with workspace_service.new(tmp_path / "new", person="Ana") as made:
        yield made


def _listed(desk: Desk) -> int:
    return records.count(desk, "country")


def _add_missing(laptop: Laptop) -> int:
    with laptop.here() as desk:
        return add_missing_countries(desk)


def test_a_new_workspace_lists_all_countries_and_regions(desk: Desk) -> None:
    assert _listed(desk) == len(codes("countries")) == 249
    assert records.titles(desk, [TAIWAN], "zh")[TAIWAN] == "中国台湾"
    assert records.listing(desk, "country", "maerwei") == [country_id("FK")], "found by pinyin"
    use_language("zh")
    first = records.titles(desk, records.listing(desk, "country")[:3], "zh")
    assert list(first.values()) == ["阿尔巴尼亚", "阿尔及利亚", "阿富汗"], "in the order of pinyin"


def test_undo_passes_them_over(desk: Desk) -> None:
    assert desk.next_undo() is None
    with pytest.raises(NothingToUndo):
        desk.undo()
    records.add(desk, "meeting", {})
    desk.undo()
    assert desk.next_redo() is not None
    assert _listed(desk) == 249


def test_nobody_is_asked_to_give_them_on(desk: Desk) -> None:
    assert exchange_service.standing(desk).to_give == 0
    assert exchange_service.pending(desk).kinds == ()
    records.edit(desk, FRANCE, parse_assignments(KINDS["country"], ["currency=EUR"]))
    assert exchange_service.standing(desk).to_give == 1
    assert exchange_service.pending(desk).kinds == (("country", 1),)


def test_one_that_nobody_wrote_into_is_added_as_if_it_were_new(desk: Desk) -> None:
    said = parse_assignments(KINDS["country"], ["alpha2=CZ", "name.zh=捷克共和国", "plugs=E"])
    assert records.add(desk, "country", said) == CZECHIA
    country = records.get(desk, CZECHIA)
    assert (country.name["zh"], country.name["en"], country.plugs) == ("捷克共和国", "Czechia", "E")  # type: ignore[attr-defined]
    with user_error("already-recorded"):
        records.add(desk, "country", said)
    assert [entry.field for entry in history.of(desk, CZECHIA)][-2:] == ["name.zh", "plugs"]
    assert country.name.state("en") == "", "the English name is no translation that would lag behind now"  # type: ignore[attr-defined]


def test_an_older_workspace_gets_what_lacks_and_keeps_what_was_written(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    assert _listed(ana.desk) == 0, "as an earlier version made it"
    ana.add("country", "alpha2=TW", "name.zh=中国台湾地区")
    ana.trash(ana.add("country", "alpha2=FR"))
    before = ana.desk.log.vector()
    assert _add_missing(ana) == 247
    assert _add_missing(ana) == 0
    assert sum(ana.desk.log.vector().values()) == sum(before.values()) + 1, "one changeset"
    assert ana.text(TAIWAN, "name.zh") == "中国台湾地区"
    assert ana.text(TAIWAN, "name.en") is None
    assert records.get(ana.desk, FRANCE).is_deleted
    assert _listed(ana.desk) == 248
    ana.check()
    ana.desk.close()


def test_two_desks_that_do_the_same_agree_and_ask_nothing(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    chen = joined(tmp_path / "chen", ana.give("1.ucapx"), "Chen Yan")
    for each in (ana, chen):
        _add_missing(each)
    meeting = chen.add("meeting", "title.en=Opening")
    chen.edit(TAIWAN, "name.zh=中国台湾地区")
    (preview,) = ana.receive(package := chen.give("2.ucapx"), dry_run=True)
    assert {line.id for line in preview.lines} == {meeting, TAIWAN}, "what the program wrote is no news"
    (report,) = ana.receive(package)
    assert (report.new, report.updated, report.conflicts) == (1, 1, 0)
    chen.receive(ana.give("3.ucapx"))
    assert ana.desk.questions() == chen.desk.questions() == []
    assert ana.digest() == chen.digest()
    assert _listed(ana.desk) == _listed(chen.desk) == 249
    assert ana.text(TAIWAN, "name.zh") == "中国台湾地区"
    for each in (ana, chen):
        each.check()
        each.desk.close()


def test_a_workspace_and_a_package_of_the_first_release_get_them_when_they_are_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(GOLDEN / "0.1.0" / WORKSPACE) as packed:
        packed.extractall(tmp_path / "w")
    new = joined(tmp_path / "new", GOLDEN / "0.1.0" / PACKAGE, "Bo")
    with workspace_service.open(tmp_path / "w") as desk:
        assert _listed(desk) == 249
        assert records.titles(desk, [country_id("CN")], "es") == {country_id("CN"): "China"}, "as it was written then"
        _add_missing(new)
        new.receive(exchange_service.give(desk, tmp_path / "old.ucapx").file)
        assert _listed(new.desk) == 249
        assert (tmp_path / "old.ucapx").stat().st_size < (GOLDEN / "0.1.0" / PACKAGE).stat().st_size + 20_000
    new.check()
    new.desk.close()


def test_they_come_with_the_first_package_and_are_not_made_again(tmp_path: Path) -> None:
    with workspace_service.new(tmp_path / "ana", person="Ana") as ana:
        package = exchange_service.give(ana, tmp_path / "1.ucapx").file
        exchange_service.join(tmp_path / "chen", package, person="Chen Yan").close()
        with workspace_service.open(tmp_path / "chen") as chen:
            assert chen.log.vector() == ana.log.vector()


def test_a_workspace_that_only_reads_stays_as_it_is(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    folder = ana.desk.workspace.path
    ana.desk.close()
    with workspace_service.open(folder, read_only=True) as desk:
        assert _listed(desk) == 0
    shutil.rmtree(folder)


def test_what_a_workspace_calls_a_region_is_what_its_papers_print(desk: Desk) -> None:
    records.edit(desk, TAIWAN, parse_assignments(KINDS["country"], ["name.zh=中国台湾地区", "name.en=Taiwan, China"]))
    city = records.add(desk, "place", parse_assignments(KINDS["place"], ["name.en=Taichung", f"country={TAIWAN}"]))
    ucap = records.add(desk, "ucap", parse_assignments(KINDS["ucap"], ["title.en=One"]))
    of_side = ["side=A", "role=partner", f"owner={ucap}"]
    records.add(desk, "ucap_place", parse_assignments(KINDS["ucap_place"], [*of_side, f"place={city}"], new=True))
    printed = ["side=B", f"owner={ucap}", "cities_print=Hsinchu", "countries_print=Taiwan"]
    records.add(desk, "ucap_side", parse_assignments(KINDS["ucap_side"], printed, new=True))
    reader = RedactedReader(desk)
    sides = glance_section(reader, reader.get(Ucap, ucap), ("en", "zh")).blocks[0]
    for words in words_of_rows(sides)[1][1:]:
        assert (words.text["zh"], words.text["en"]) == ("中国台湾地区", "Taiwan, China")


def test_clocks_are_named_by_the_same_names() -> None:
    assert zone_labels("zh")["Asia/Taipei"] == "台北 · 中国台湾"
    assert zone_labels("zh")["Asia/Hong_Kong"] == "香港 · 中国香港"


def test_they_stand_behind_everything_else_that_is_found(desk: Desk) -> None:
    person = records.add(
        desk, "person", parse_assignments(KINDS["person"], ["name.family=Malmö-Sanz", "name.given=Marta"])
    )
    assert search.find(desk, "ma", limit=3)[0].id == person
    assert search.find(desk, "mali")[0].id == country_id("ML"), "unless it is one by its name"


def test_what_is_known_of_a_country_stands_where_nobody_wrote_it_and_gives_way(desk: Desk) -> None:
    day = date(2027, 4, 12)
    shown, china = KINDS["country"].shown, records.get(desk, country_id("CN"))
    assert [shown[name].value(china, day) for name in ("time_zones", "calling_code", "currency", "eu27")] == [
        ("Asia/Shanghai",),
        "+86",
        "CNY",
        None,
    ]
    assert shown["eu27"].value(records.get(desk, FRANCE), day) is True
    records.edit(desk, country_id("CN"), {"calling_code": "0086", "time_zones": Codes(["Asia/Urumqi"])})
    china = records.get(desk, country_id("CN"))
    assert shown["calling_code"].value(china, day) == "0086"
    assert shown["time_zones"].value(china, day) == ("Asia/Urumqi",)


def test_without_a_plan_the_days_off_are_those_of_the_countries_of_all_places_the_most_frequent_first(
    desk: Desk,
) -> None:
    for title, country in (("Roma", "IT"), ("Girona", "ES"), ("Lleida", "ES"), ("Somewhere", "")):
        records.add(desk, "place", {"name": Bilingual(en=title), "country": country_id(country) if country else None})
    assert day_note(desk, PartialDate("2026-12-08")) == "Spain, Italy: Immaculate Conception"
    assert day_note(desk, PartialDate("2027-10-12")).startswith("Spain: ")
