"""Tells what the drafts of a paper say, fact by fact, and how much of what a person would record that is.

``python -m tests.helpers.paper_facts`` prints the table for the papers in ``tests/data/papers``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.glance.provenance import PARTING, words
from ucapdesk.formats.glance.record_drafts import RecordDraft, drafts
from ucapdesk.formats.paper_contents import GlanceTable
from ucapdesk.formats.phrases.field_labels import field_of
from ucapdesk.model.dates.in_text import dates_in, placed_dates

PAPERS = Path(__file__).parents[1] / "data" / "papers"
HEADINGS = frozenset(["topics", "topic", "agenda", "议", "题"])  # Words that head a list within a cell
Fact = tuple[str, ...]
CUT = 30  # From this length on a text of the list of facts may be the beginning of what stands in the paper


@dataclass(frozen=True, slots=True)
class Score:
    """How a reading compares with what a person would record."""

    name: str
    missing: tuple[Fact, ...]
    wrong: tuple[Fact, ...]
    right: int

    @property
    def recall(self) -> float:
        return self.right / max(self.right + len(self.missing), 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + len(self.wrong), 1)


def gold() -> dict[str, list[Fact]]:
    found = {
        name: [tuple(fact) for fact in facts]
        for name, facts in json.loads((PAPERS / "gold.json").read_text("utf-8")).items()
    }
    for path in sorted(PAPERS.iterdir()):
        same = next((name for name in found if Path(name).stem == path.stem), None)
        if same and path.name not in found:
            found[path.name] = found[same]
    return found


def score(name: str, wanted: Sequence[Fact], found: Sequence[Fact]) -> Score:
    """Compare the facts found with those wanted; a kind of fact that is not asked for anywhere is passed over."""
    kinds = {fact[0] for fact in wanted}
    told = [fact for fact in dict.fromkeys(found) for _ in range(max(1, min(found.count(fact), wanted.count(fact))))]
    left = [fact for fact in told if (fact[0] in kinds or _always(fact)) and fact[:2] != ("meeting-place", "-")]
    left += [fact for fact in found if fact[:2] == ("meeting-place", "-") and fact in wanted]
    missing = []
    for fact in wanted:
        same = next((each for each in left if _same(fact, each)), None)
        if same is None:
            missing.append(fact)
        else:
            left.remove(same)
    return Score(name, tuple(missing), tuple(left), len(wanted) - len(missing))


def _always(fact: Fact) -> bool:
    return fact[0] in ("meeting", "visit", "output", "person", "theme", "email", "phone", "people")


def _same(wanted: Fact, found: Fact) -> bool:
    if wanted[0] != found[0] or len(wanted) != len(found):
        return False
    if wanted[0] == "visit-who":
        return found[1].endswith(wanted[1])
    if wanted[0] in ("popof", "areaof", "pairof", "countryof", "post"):
        return all(b.startswith(a) for a, b in zip(wanted[1:], found[1:], strict=True))
    return all(a == b or (len(a) >= CUT and b.startswith(a)) for a, b in zip(wanted[1:], found[1:], strict=True))


def facts(made: Sequence[RecordDraft], lang: str = "en") -> Iterator[Fact]:
    """Yield all facts that the drafts of one paper tell, texts in the language ``lang``."""
    yield from _Facts(made, lang).all()


class _Facts:
    """The drafts of a paper by kind and id."""

    def __init__(self, made: Sequence[RecordDraft], lang: str) -> None:
        self.lang = lang
        self.by_id = {draft.id: draft.values for draft in made}
        self.made = made
        self.partners: dict[str, list[str]] = {"A": [], "B": []}
        for values in self.of("ucap_place"):
            if values.get("role") == "partner":
                self.partners[values["side"]].append(values["place"])

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [draft.values for draft in self.made if draft.kind == kind]

    def text(self, said: Any) -> str:
        return str((said or {}).get(self.lang) or next(iter((said or {}).values()), ""))

    def name(self, id_: str | None) -> str:
        values = self.by_id.get(id_ or "", {})
        name = values.get("name")
        if name and ("family" in name or "given" in name):
            return " ".join(part for part in (name.get("given"), name.get("family")) if part)
        if not name and (han := values.get("name_han")):
            return f"{han.get('family') or ''}{han.get('given') or ''}"
        return self.text(name)

    def all(self) -> Iterator[Fact]:
        yield from self.sides()
        yield from self.ucap()
        yield from self.themes()
        yield from self.visits()
        yield from self.meetings()
        yield from self.people()

    def sides(self) -> Iterator[Fact]:
        for side in self.of("ucap_side"):
            which = side["side"]
            cities = self.partners[which]
            for city in cities:
                place = self.by_id[city]
                yield "city", which, self.name(city)
                if place.get("mayor"):
                    yield "mayor", which
                if len(cities) > 1:
                    yield from self.city_of_several(city, place)
            if len(cities) > 1:
                continue
            yield "country", which, side.get("countries_print", "")
            for key, field in (("pop", "population"), ("area", "area_km2")):
                if (number := side.get(field)) and number.get("value") is not None:
                    yield key, which, str(number["value"])
                    if number.get("year"):
                        yield f"{key}year", which, str(number["year"])
            if "pairing_signed" in side:
                yield "pairing", which, side["pairing_signed"]
            elif self.pairing_not_available():
                yield "pairing-na", which
        for part in self.of("ucap_place"):
            if dates_in(part.get("print", "")) and len(self.partners[part["side"]]) > 1:
                yield "pairof", self.name(part["place"])

    def pairing_not_available(self) -> bool:
        """Whether the paper says that no date of signature is known."""
        told = json.loads(self.of("source_document")[0]["oddities"])
        labels = [odd["row"] for odd in told if odd["code"] == "not_available"]
        return any((field := field_of(label)) is not None and field.key == "pairing" for label in labels)

    def city_of_several(self, city: str, place: dict[str, Any]) -> Iterator[Fact]:
        for key, field in (("popof", "population"), ("areaof", "area_km2"), ("countryof", "country")):
            if place.get(field):
                yield key, self.name(city)

    def ucap(self) -> Iterator[Fact]:
        for ucap in self.of("ucap"):
            yield "objective", self.text(ucap.get("main_objective"))
            yield "challenges", self.text(ucap.get("key_challenges"))
            if ucap.get("reported_mou_count"):
                yield "mous", str(ucap["reported_mou_count"])
        for programme in self.of("programme"):
            yield "programme", programme["code"]
        for item in self.of("ucap_item"):
            if item["type"] in ("output", "result"):
                yield item["type"], self.text(item["text"])

    def themes(self) -> Iterator[Fact]:
        for theme in self.of("theme"):
            name = self.text(theme["name"])
            yield "theme", name
            for goal in theme.get("sdgs", ()):
                yield "sdg", name, goal
            for code in theme.get("partnerships", ()):
                yield "up", name, code
        for project in self.of("pilot_project"):
            yield "project", self.text(project["title"])

    def visits(self) -> Iterator[Fact]:
        for visit in self.of("visit"):
            yield "visit", visit.get("travelling_side", "-"), visit["dates"]
            for host in visit.get("host_places", ()):
                yield "visit-host", visit["dates"], self.name(host)
            if size := visit.get("delegation_size"):
                yield "visit-size", str(size["value"])
            for place in self.partners.get(visit.get("travelling_side", ""), ()):
                if self.name(place) in self.text(visit.get("delegation_name")):
                    yield "visit-who", f"{visit['dates']} {self.name(place)}"

    def meetings(self) -> Iterator[Fact]:
        for meeting in self.of("meeting"):
            number = str(meeting.get("ordinal") or "-")
            if when := meeting.get("when"):
                yield "meeting", number, when["date"]
            for place in meeting.get("places", ()):
                yield "meeting-place", number, self.name(place)
            if meeting.get("mode") == "online":
                yield "meeting-online", number
            if people := meeting.get("reported_participants"):
                yield "people", str(people["value"])
        for item in self.of("agenda_item"):
            if people := item.get("reported_participants"):
                yield "people", str(people["value"])

    def people(self) -> Iterator[Fact]:
        for organisation in self.of("organisation"):
            yield "org", self.text(organisation["name"])
        roles = {role["person"]: role for role in self.of("contact_role")}
        for draft in self.made:
            if draft.kind != "person" or draft.id not in roles:
                continue
            role, name = roles[draft.id], self.name(draft.id)
            yield "person", name
            for key in ("email", "phone", "mobile"):
                if draft.values.get(key):
                    yield "email" if key == "email" else "phone", draft.values[key]
            if role.get("role") == "programme_contact":
                yield "person-programme", name
                continue
            if role.get("side"):
                yield "person-side", name, role["side"]
            if city := role.get("place") or draft.values.get("place"):
                yield "person-city", name, self.name(city)
            for post in self.of("affiliation"):
                if post["owner"] == draft.id and post.get("post"):
                    yield "post", draft.values.get("name", {}).get("family", name)


def scored(path: Path, wanted: Sequence[Fact]) -> Score | str:
    try:
        _, made = _taken(path, path.read_bytes())
    except UserError as error:
        return str(error)
    return score(path.name, wanted, list(facts(made)))


@lru_cache(maxsize=1)
def _taken(path: Path, _: bytes) -> tuple[GlanceTable, list[RecordDraft]]:
    """What is read from a file with these bytes; a paper is asked for its facts, and then for its words."""
    table = read(path)
    return table, drafts(understand(table))


def lost_words(path: Path) -> list[str]:
    """Return the words of a file that stand in no value of a record, in no oddity and in no label that is known."""
    table, made = _taken(path, path.read_bytes())
    kept = [json.dumps(draft.values, ensure_ascii=False) for draft in made if draft.kind != "source_document"]
    source = next(draft.values for draft in made if draft.kind == "source_document")
    held = (
        PARTING
        | HEADINGS
        | set(words(" ".join([*kept, json.dumps(source["title"], ensure_ascii=False), *_oddities(source)]).casefold()))
    )
    said = [aside.text for aside in table.asides]
    for row in table.rows:
        said += [*row.cells, *([] if field_of(row.label) else [row.label])]
    all_kept = " ".join(kept)
    return [word for text in said for word in words(_undated(text, all_kept).casefold()) if word not in held]


def _undated(text: str, kept: str) -> str:
    """Return a text without the dates that stand in a record as dates."""
    for start, end, found in reversed(placed_dates(text)):
        if all(bound.rstrip("?") in kept for bound in found.edtf.split("/")):
            text = f"{text[:start]} {text[end:]}"
    return text


def _oddities(source: dict[str, Any]) -> Iterator[str]:
    for odd in json.loads(source["oddities"]):
        yield odd["row"]
        yield from (str(said) for said in odd["args"].values())


def main() -> None:
    """Print the table, and with names of papers what is missing and wrong in each."""
    told = sys.argv[1:]
    for name, wanted in sorted(gold().items()):
        if told and not any(word in name for word in told):
            continue
        result = scored(PAPERS / name, wanted)
        if isinstance(result, str):
            print(f"{name:32} refused: {result[:90]}")
            continue
        lost = lost_words(PAPERS / name)
        print(f"{name:32} recall {result.recall:6.1%}  precision {result.precision:6.1%}  words lost {len(lost)}")
        if told:
            print(*(f"  lost    {word}" for word in lost), sep="\n")
            print(*(f"  missing {fact}" for fact in result.missing), sep="\n")
            print(*(f"  wrong   {fact}" for fact in result.wrong), sep="\n")


if __name__ == "__main__":
    main()
