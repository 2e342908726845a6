"""Reads lists of people as offices keep them: a title, a head such as 序号 姓名 职务 单位, the people, and notes below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.formats.address_words import BRACKET, EMAIL, FAMILY_FIRST, ONE_WORD, family_apart, form_of_address, titled
from ucapdesk.formats.glance.record_drafts import country_draft
from ucapdesk.formats.lists.list_drafts import SECRET, ListDrafts, ListTarget, place_in_order
from ucapdesk.formats.lists.list_file import ListFile, whole_row
from ucapdesk.formats.people_rows import CHINESE_MOBILE, apart
from ucapdesk.formats.phrases.field_labels import ListHead, column_group, table_under, tables_under
from ucapdesk.formats.phrases.people_in_text import (
    HAN_BODIES,
    PHONE,
    PieceKind,
    is_post_alone,
    kind_of_words,
    role_of_post,
    role_of_remark,
    side_named,
)
from ucapdesk.formats.phrases.small_texts import (
    PAIR,
    city_in_two,
    country,
    folded_nfkc,
    in_languages,
    plain_person,
    squash,
)
from ucapdesk.model.codes import find_code, word_table
from ucapdesk.model.rules.country_facts import place_code, place_key
from ucapdesk.model.rules.sides import OTHER_SIDE
from ucapdesk.model.text.person_names import HAN_NAME

_NO_NAME = re.compile(
    r"[\d:：;；@/]|合计|总计|共计|待定|未定|空缺|填表|制表|审核|联系人|领队签字"
    r"|(?i:^(?:n\.?n\.?|tb[acd]\.?|vacant|(?:sub)?total|interpreter|driver|dolmetscher(?:in)?|intérprete|interprete)$)"
)
# Columns that stay empty in the row of a note or a sum.
_ONLY_OF_PEOPLE = ("organisation", "both", "post", "email", "gender", "salutation")
# Columns that say the same where somebody stands in a list twice.
_ONE_PERSON = ("organisation", "department", "both", "post", "email", "mobile", "phone", "passport", "born")
# Columns that protected workspaces keep, and their fields.
_KEPT = {"passport": "passport_number", "passport_expires": "passport_expires"}
_LETTER = re.compile(r"[^\W\d_]")
_CITY = re.compile(r"\s*[,，;；/(（]")  # What stands between a city and its country
_PARTS = re.compile(r"\s*[,;/、，；]\s*")
_ALLERGY = re.compile("过敏|allerg|alerg", re.IGNORECASE)
_NO_ALLERGY = re.compile("无过敏.*|no allergies", re.IGNORECASE)
_NO_DIET = frozenset(word_table("list_words")["no_diet"])
_DELEGATION = re.compile(r"代表团|考察团|访问团|团组|delegat|delegaci|delegazione", re.IGNORECASE)
_HOSTS = re.compile(r"接待|陪同人员|主方|出席人员|\bhosts?\b|hosting|anfitri|gastgeber|ospitant", re.IGNORECASE)
_HOUSE = re.compile(rf"(?:[^、，,;；]{{2,}}|[省市区县州])(?:{HAN_BODIES}|[委办会院所校厂社馆])")
_HOUSE_AND_POST = re.compile(rf"({_HOUSE.pattern})(?![长员])([^、，,;；].+)$")


def is_people_list(file: ListFile) -> bool:
    return any(table_under(table, _is_head) for table in file.tables)


def people_of(file: ListFile, target: ListTarget | None = None) -> ListDrafts | None:
    """Return the people of a list; None for a file that holds no such list."""
    tables = tables_under(file.tables, _is_head)
    made = ListDrafts.of(file, target or ListTarget())
    titles = list(file.outside)
    people = _People(made)
    for table in tables:
        made.heads += table.labels
        if table.labels:
            said = [text for row in table.above if (text := whole_row(row))]
            titles += said
            people.begin(said or (titles if table is tables[0] else []), titles)
        if table.head:
            people.read(table.head, table.rows)
        else:
            made.note_rows(table.rows)
    return made.titled(titles) if people.found else None


def _receive(titles: Sequence[str]) -> bool | None:
    """Return whether the people below titles receive; None where they do not say."""
    return False if any(map(_DELEGATION.search, titles)) else True if any(map(_HOSTS.search, titles)) else None


def people_into(
    made: ListDrafts, rows: Sequence[Sequence[str]], roles: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Make the people of rows with a head, who take part in the target, and return their ids by name; ``roles`` are the values of their parts.

    Who has no whole name takes part by the words that stand there.
    """
    (table,), people, ids = tables_under([rows], _is_head), _People(made), dict[str, str]()
    head = table.head
    assert head is not None
    for row in table.rows:
        begins, words = len(made.drafts), row[0]
        if name := _name(said := head.said(row)):
            people.found += 1
            people.row(name, said, head, row)
        else:
            part = {"owner": made.target.owner, "free_name": in_languages(" ".join(filter(None, row)), made.lang)}
            made.add("participation", made.id("participation", made.target.owner, words), words, part)
        for at, draft in enumerate(made.drafts[begins:], begins):
            if draft.kind == "person":
                ids[folded_nfkc(words)] = draft.id
            elif draft.kind == "participation":
                made.drafts[at] = replace(
                    draft, values={"pos": place_in_order(at)} | draft.values | dict(roles[folded_nfkc(words)])
                )
    return ids


def _is_head(keys: set[str]) -> bool:
    named = bool(keys & {"name", "latin"}) or {"family", "given"} <= keys
    return named and bool(
        keys & {"organisation", "post", "both", "passport", "department", "email", "mobile", "gender", "diet"}
    )


class _People:
    """Makes the drafts of the people of one file."""

    def __init__(self, made: ListDrafts) -> None:
        self._made = made
        self._organisations: dict[str, str] = {}
        self._cities: dict[str, str] = {}
        self._countries: set[str] = set()
        self._head = ListHead((), ())
        self.found = 0
        self.hosts = False
        self.side: str | None = None
        self._titles: Sequence[str] = ()
        self._family_first = ""
        self._met: set[tuple[str, ...]] = set()

    def begin(self, own: Sequence[str], titles: Sequence[str]) -> None:
        """Note who the people of a table are, by its own titles, else by all of them, unless the target says so."""
        self._titles = titles
        self._family_first = next(filter(FAMILY_FIRST.search, titles), "")
        told = _receive(own)
        self.hosts, self.side = bool(_receive(titles) if told is None else told), None
        self._take_side(*reversed(own))
        if self._made.target.hosts is not None:
            self.hosts, self.side = self._made.target.hosts, None

    def _take_side(self, *titles: str) -> None:
        cities = self._made.target.cities
        side = next((side for text in titles if (side := side_named(text, cities))), None)
        if side and self._made.target.hosts is None:
            self.side = side
            self.hosts = bool(self._made.target.side) and side != self._made.target.side

    def read(self, head: ListHead, rows: Sequence[Sequence[str]]) -> None:
        """Read the rows of a table below its head, which may stand once more on a new page or below a new title."""
        title = ""
        for row in rows:
            again = head.again(row)
            if again and title:
                self.begin([title], self._titles)
            if again or not whole_row(row):
                continue
            title = ""
            said = head.said(row)
            name = _name(said) or _name(_addressed(said))  # 吴春来（女）
            if not name or len(said) < 2 or not re.fullmatch(r"\W*\d*\W*", said.get("number", "")):
                title = whole_row(row) if len(said) < 2 else ""
                self._take_side(title)
                self._nobody(head, row)
                continue
            whole = (name, *(said.get(key, "") for key in _ONE_PERSON))
            if whole in self._met:  # an interpreter stands under both sides
                self._nobody(head, row)
                continue
            self._met.add(whole)
            self.found += 1
            self.row(name, said, head, row)

    def _nobody(self, head: ListHead, row: Sequence[str]) -> None:
        """Note a row of nobody, or of nobody else, numbers and days of passports apart, which the source does not keep."""
        secret = [cell for key, cell in zip(head.keys, row, strict=False) if key in SECRET and re.search(r"\d", cell)]
        self._made.hidden.update(secret)
        if told := whole_row([cell for cell in row if cell not in secret]):
            self._made.note("", told)
        for cell in secret:
            self._made.note("", squash(cell), secret=True)

    def row(self, name: str, said: dict[str, str], head: ListHead, row: Sequence[str]) -> None:
        begins = len(self._made.drafts)
        self._head = head
        known = {half for each in self._person(name, _addressed(_parted(said))) for half in each.split(PAIR)}
        known |= {half for city in self._cities for half in city.split(PAIR)}
        whole = said.get("name", "")
        known |= {name, said.get("given", ""), said.get("number", ""), whole if apart(whole)[1] == name else ""}
        cells = []
        for key, label, cell in zip(head.keys, head.heads, map(squash, row), strict=False):
            if key in SECRET and cell:
                self._made.hidden |= {row_cell for row_cell in row if squash(row_cell) == cell}
                if self._made.target.secret and key in _KEPT:
                    self._made.read.append(cell)
                else:
                    self._made.note(f"{name}, {label}", cell, secret=True)
            elif cell:
                cells.append((label, cell))
        self._made.left_of(name, cells, self._made.drafts[begins:], known)

    def _person(self, name: str, said: dict[str, str]) -> Iterator[str]:
        """Make the drafts of a person; yield the cells that became codes or an organisation."""
        made, target = self._made, self._made.target
        house = _organisation_name(said.get("organisation", ""), said.get("department", ""))
        yield from (said[key] for key in ("organisation", "department", "both") if key in said)
        mail = said.get("email", "")
        mails = EMAIL.findall(re.sub(r"\s", "", mail) if mail.count("@") == 1 else mail)  # a narrow column broke it
        numbers = {key: squash(found[0]) for key in ("mobile", "phone") if (found := PHONE.search(said.get(key, "")))}
        if "mobile" not in numbers and CHINESE_MOBILE.fullmatch(numbers.get("phone", "")):
            numbers["mobile"] = numbers.pop("phone")
        remark = said.get("remarks", "")
        role = role_of_remark(remark) or role_of_post(said.get("post", ""))
        takes_part = bool(target.owner)
        values: dict[str, Any] = {
            **_names(name, said, self._made.lang, family_first=self._family_first or self._head.family_first),
            **form_of_address(f"{said.get('salutation', '')} {said.get('gender', '')}"),
            "email": mails[0] if mails else None, **numbers, "wechat": said.get("wechat"),
            **_diet(said.get("diet", ""), self._texts("diet", said.get("diet", ""))),
            **(_kept(said) if target.secret else {}),
            "nationality": self._country(said.get("nationality", "")), "spoken": _codes("spoken_languages", _PARTS.split(said.get("spoken", ""))),
            "notes": self._texts("remarks", remark) if remark and not takes_part else None,
            "place": self._city(said.get("city", "")), "source": made.source,
        }  # fmt: skip
        allergies = said.get("allergies", "")
        if codes := _diets(_PARTS.split(allergies)):  # none, or what somebody eats
            eats = dict.fromkeys([*(values.get("diet") or ()), *codes])
            values["diet"] = [code for code in eats if code != "none"] or values.get("diet")
            yield allergies
        elif allergies:
            values["allergies"] = allergies
        coded = {key: key for key in ("salutation", "diet", "nationality", "spoken")} | {"gender": "salutation"}
        yield from (said[key] for key, field in coded.items() if key in said and values.get(field))
        organisation = self._organisation(house)
        person = made.add("person", made.id("person", f"{name} {house}"), self.found, values)
        if organisation or said.get("post"):
            post = self._texts("post", said["post"]) if said.get("post") else None
            links = {"owner": person, "organisation": organisation, "post": post, "pos": "b01V"}
            made.add("affiliation", made.id("affiliation", person), self.found, links)
        if takes_part:
            self._takes_part(person, role, said, remark)

    def _takes_part(self, person: str, role: str | None, said: dict[str, str], remark: str) -> None:
        made, target = self._made, self._made.target
        side = self.side or (OTHER_SIDE.get(target.side or "") if self.hosts else target.side)
        if self.hosts and not side:
            role = "host"  # without a side only their role says that they receive
        role = role or (("host" if self.hosts else "delegate") if target.in_groups else None)
        part = {"owner": target.owner, "person": person, "role": role, "side": side, "room": said.get("room"),
                "remarks": self._texts("remarks", remark) if remark else None, "pos": place_in_order(self.found)}  # fmt: skip
        made.add("participation", made.id("participation", target.owner, person), self.found, part)

    def _texts(self, key: str, said: str) -> dict[str, str]:
        return self._head.texts(key, said, self._made.lang)

    def _organisation(self, name: str) -> str | None:
        if name and name not in self._organisations:
            id_ = self._organisations[name] = self._made.id("organisation", name)
            values = {"name": self._texts("organisation", name), "source": self._made.source}
            self._made.add("organisation", id_, name, values)
        return self._organisations.get(name)

    def _country(self, name: str) -> str | None:
        """Return the draft of a country, also of a column in two languages; None where it is unknown."""
        code = next(filter(None, map(country, [name, *name.split("/")])), None)
        if code is None:
            return None
        made = country_draft(code)
        if made.id not in self._countries:
            self._countries.add(made.id)
            self._made.drafts.append(made)
        return made.id

    def _city(self, name: str) -> str | None:
        """Return the draft of a city without its country; one city where it is written in several ways."""
        name = city_in_two(PAIR.join(_CITY.split(half)[0].strip() for half in name.split(PAIR)))
        if name and name not in self._cities:
            keys = _city_keys(name)
            there = next((id_ for said, id_ in self._cities.items() if keys & _city_keys(said)), "")
            values = {"name": self._texts("city", name), "source": self._made.source}
            self._cities[name] = there or self._made.add("place", self._made.id("place", name), name, values)
        return self._cities.get(name)


def _kept(said: Mapping[str, str]) -> dict[str, str]:
    """Return what protected workspaces keep, a number without its spaces."""
    kept = {field: said[key] for key, field in _KEPT.items() if key in said}
    return kept | {"passport_number": re.sub(r"\s", "", kept.get("passport_number", ""))}


def _city_keys(name: str) -> set[str]:
    return {key for half in name.split(PAIR) for key in (place_code(half), place_key(half)) if key}


def _organisation_name(name: str, department: str) -> str:
    """Return an organisation with its department, in both languages where one of them is."""
    if not name or not department:
        return name or department
    if PAIR not in name + department:
        return f"{name}{department}" if HAN_NAME.search(name) else f"{name}, {department}"
    halves = [half for said in (name, department) for half in said.split(PAIR)]
    han, latin = ([half for half in halves if bool(HAN_RUN.search(half)) is of_han] for of_han in (True, False))
    return PAIR.join(["".join(han), ", ".join(latin)])


def _addressed(said: dict[str, str]) -> dict[str, str]:
    """Return a row with what stands before a name, or as a form of address in brackets behind it, apart from it."""
    for key in ("name", "latin", "family", "given"):
        titles, name = apart(said.get(key, ""))
        if titles:
            said = said | {key: name, "salutation": f"{said.get('salutation', '')} {titles}".strip()}
    return said


def _names(name: str, said: dict[str, str], lang: str, *, family_first: str = "") -> dict[str, Any]:
    """Return the names of a row. Columns of their own say which part is which, but not in which order they are said."""
    family, given = said.get("family", ""), said.get("given", "")
    if family and given and not HAN_NAME.search(family + given) and not said.get("name"):
        return {"name": {"family": family if family != family.upper() else family.title(), "given": given}}
    titles, bare = titled(name)
    if titles and ONE_WORD.fullmatch(bare) and not HAN_NAME.search(bare):
        return {"name": {"family": bare}}
    name = BRACKET.sub("", bare) if "salutation" in said else name
    name = name if said.get("latin", name) == name else f"{name} {said['latin']}"
    if family_first:
        return plain_person(family_apart(name, family_first))
    found = plain_person(name)
    words = name.split()
    if lang == "es" and len(words) == 4 and "name" in found and not re.search(r"\b(?:de|del|la)\b", name):
        found["name"] |= {"family": " ".join(words[2:]), "given": " ".join(words[:2])}  # both surnames
    return found


def _name(said: dict[str, str]) -> str:
    """Return the name of a row of people; nothing for a note that stands where a name would."""
    name = said.get("name") or said.get("latin", "")
    if not name and said.get("family"):
        name = f"{said['family'].upper()} {said.get('given', '')}".strip()
    name = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", name)
    dotted = re.fullmatch(r"[\u3400-\u9fff]+(?:[·•・][\u3400-\u9fff]+)+", name)
    looks = HAN_NAME.fullmatch(name) and len(name) <= 5 and not is_post_alone(name)
    alone = ONE_WORD.fullmatch(name) and any(_LETTER.search(said.get(key, "")) for key in _ONLY_OF_PEOPLE)
    nobody = _NO_NAME.search(name) or column_group(name)  # Group A | 5 persons
    return name if (looks or dotted or alone or len(name.split()) > 1) and not nobody else ""


def _parted(said: dict[str, str]) -> dict[str, str]:
    """Return a row with organisation and post apart where one column holds both."""
    if "both" not in said:
        return said
    house, post = [*re.split(r"[,，;；]\s*", said["both"], maxsplit=1), ""][:2]
    if not _HOUSE.fullmatch(house) and (found := _HOUSE_AND_POST.match(said["both"])):
        house, post = found.groups()
    kinds = (
        (PieceKind.POST, PieceKind.PERSON) if HAN_RUN.search(house) else (PieceKind.POST,)
    )  # 项目经理, but not Dr. Oetker GmbH
    if not post and kind_of_words(house) in kinds:
        house, post = "", house
    return {"organisation": house, "post": post} | said


def _diet(said: str, texts: dict[str, str]) -> dict[str, Any]:
    """Return what a person eats: as a code where there is one, an allergy by itself, anything else as a note.

    ``texts``: the same by language, of which either will do.
    """
    parts = [part for part in _PARTS.split(said) if part]
    allergies = [part for part in parts if _ALLERGY.search(part) and not _NO_ALLERGY.fullmatch(part)]
    if allergies:
        rest = _diets([part for part in parts if not _ALLERGY.search(part)])
        told = said if rest is None else ", ".join(allergies)
        return {"allergies": told.replace(PAIR, " / "), "diet": rest or None}
    for text in (said, *texts.values()):
        if codes := _diets(_PARTS.split(text)):
            return {"diet": codes}
    return {"diet_note": texts} if said else {}


def _diets(parts: Sequence[str]) -> list[str] | None:
    """Return the codes of what somebody eats; None where one of the parts has none."""
    return _codes("dietary", ["none" if folded_nfkc(part) in _NO_DIET else part for part in parts])


def _codes(table: str, parts: Sequence[str]) -> list[str] | None:
    """Return the codes of what somebody eats or speaks, each once; None where one of them is unknown."""
    found = [find_code(table, part) for part in parts if part]
    return None if None in found else [*dict.fromkeys(filter(None, found))]
