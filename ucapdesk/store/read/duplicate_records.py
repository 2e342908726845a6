"""Records for one thing: possible duplicates are found, and those that people found to be one are read as one.

Each record has *signs* (an e-mail address, the characters of a name, how these sound …) by which a person, an organisation or a
place is told from all others. Two that share one are offered, unless what else they say speaks against it. Nothing is ever decided
here: a person says whether they are the same.

Merging rewrites nothing: a ``same_as`` row links two records, linked ones form a class, and the smallest id of those that
are living stands for all of it. That one is listed; what it does not say is read from the others, and what names any
of them leads to it. Taking the link away leaves everything as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, groupby
from typing import Any, NamedTuple

from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import dumps
from ucapdesk.base.pinyin import family_reading
from ucapdesk.model.codes import word_table
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual, HanName, PersonName, Refs
from ucapdesk.store.workspace.database import Database

SAME = "same_as"  # The kind of the links between merged records
# The links between two records of one kind; links across kinds have no effect.
LINKS = f"""SELECT s.a, s.b, r.ent, coalesce(s.differs, 0) FROM "{SAME}" s
    JOIN sync_row r ON r.id = s.a JOIN sync_row q ON q.id = s.b AND q.ent = r.ent WHERE s.is_deleted = 0"""
APART = ("owner", "pos")  # Fields that tell where a record stands rather than what it is


def _classes(links: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    above: dict[str, str] = {}

    def top(id_: str) -> str:
        while (up := above.setdefault(id_, id_)) != id_:
            above[id_] = above[up]
            id_ = up
        return id_

    for a, b in links:
        above[top(a)] = top(b)
    groups = grouped((top(id_), id_) for id_ in above)
    return {id_: tuple(sorted(group)) for group in groups.values() for id_ in group}


class Sames:
    """The merged records, as their links say."""

    def __init__(self, links: Iterable[tuple[str, str]], dead: Collection[str] = ()) -> None:
        """``links``: pairs of ids; ``dead``: those that are in the Trash."""
        self._whole = _classes(links)
        self._dead = dead

    def __bool__(self) -> bool:
        return bool(self._whole)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def whole(self, id_: str) -> tuple[str, ...]:
        """Return all records merged with one, itself and those in the Trash included; the smallest id first."""
        return self._whole.get(id_, (id_,))

    def of(self, id_: str) -> tuple[str, ...]:
        """Return the living records merged with one; for a record in the Trash itself alone."""
        if id_ not in self._whole or id_ in self._dead:
            return (id_,)
        return tuple(each for each in self._whole[id_] if each not in self._dead)

    def shown(self, id_: str) -> str:
        return self.of(id_)[0]

    def all_of(self, ids: Iterable[str]) -> list[str]:
        return [*dict.fromkeys(each for id_ in ids for each in self.of(id_))] if self else [*ids]

    def lead_to_shown(self, kind: Kind, record: Record | None) -> None:
        """Let the links of a record that was read, that to its owner too, lead to the records that are shown."""
        for field in kind.links if self and record is not None else ():
            value = getattr(record, field.name)
            if field.is_set:
                record.__dict__[field.name] = Refs(map(self.shown, value or ()))
            elif value:
                record.__dict__[field.name] = self.shown(value)

    @property
    def hidden(self) -> Iterator[str]:
        return (id_ for id_ in self._whole if self.shown(id_) != id_)


NO_MERGES = Sames(())  # A workspace without merged records


def sames(db: Database) -> Sames:
    links = [(kind, a, b) for a, b, kind, differs in db.execute(LINKS).fetchall() if not differs and kind in KINDS]
    if not links:
        return NO_MERGES
    dead: set[str] = set()
    for kind, of_kind in groupby(sorted(links), key=lambda link: link[0]):
        ids = dumps(sorted({id_ for _, *pair in of_kind for id_ in pair}))
        sql = f'SELECT id FROM "{kind}" WHERE id IN (SELECT value FROM json_each(?)) AND +is_deleted = 1'
        dead.update(id_ for (id_,) in db.execute(sql, (ids,)))
    said = [(a, b) for _, a, b in links]
    same, merged = Sames(said, dead), {of for of, *_ in links}
    parts = (pair for kind in KINDS.values() if kind.owners for pair in _parts(db, kind, same, merged))
    return Sames([*said, *parts], dead)


def _parts(db: Database, kind: Kind, same: Sames, merged: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of parts that are one as well: the same day of visits that are one, somebody's part in either."""
    names, links = kind.cls.identity, [link.name for link in kind.links if link.name in kind.cls.identity]
    if not any(merged & {*kind.fields[name].meta.kinds} for name in links):
        return iter(())
    there = " OR ".join(f'"{name}" IN (SELECT value FROM json_each(:ids))' for name in links)
    known = " AND ".join(f'"{name}" IS NOT NULL' for name in links)
    sql = f"""SELECT id, {", ".join(f'"{name}"' for name in names)} FROM "{kind.name}"
        WHERE ({there}) AND {known} AND +is_deleted = 0"""
    rows = db.execute(sql, {"ids": dumps([*same])}).fetchall()
    told = grouped((tuple(map(same.shown, filter(None, said))), id_) for id_, *said in rows)
    return ((one, other) for one, *others in told.values() for other in others)


def told_apart(db: Database) -> list[tuple[str, str]]:
    return [(a, b) for a, b, _, differs in db.execute(LINKS) if differs]


def joined(kind: Kind, values: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the merged values of several records of a kind; earlier records take precedence."""
    said = list(values)
    kept = {name: field for name, field in kind.fields.items() if name not in APART}
    return {name: joined_field(field, [each[name] for each in said if name in each]) for name, field in kept.items()}


def joined_field(field: KindField, values: Iterable[Any]) -> Any:
    """Return the first value that is not empty; for texts, language by language."""
    said = list(values)
    texts = [each for each in said if isinstance(each, Bilingual)]
    if texts:
        return _joined_texts(texts)
    return next((each for each in said if each is not None and each != ()), said[0] if said else field.type.load(None))


def _joined_texts(texts: Iterable[Bilingual]) -> Bilingual:
    cells: dict[str, str] = {}
    for each in texts:
        taken = {lang for lang in each if lang not in cells}
        cells |= {cell: said for cell, said in each.cells.items() if cell.partition(".")[0] in taken}
    states = {cell: said for each in reversed([*texts]) for cell, said in each.cells.items()}
    return Bilingual({**{cell: said for cell, said in states.items() if cell.partition(".")[0] not in cells}, **cells})


# Reasons why two records are alike, the surest first.
EMAIL, PHONE, ACCOUNT, WEBSITE, NAME, HAN, SOUND, SIMILAR = (
    "email", "phone", "account", "website", "name", "han", "sound", "similar",
)  # fmt: skip
WHY = (EMAIL, PHONE, ACCOUNT, HAN, NAME, WEBSITE, SOUND, SIMILAR)
_OF_ONE = {EMAIL, PHONE, ACCOUNT}  # Signs that mostly belong to one person alone
# The fields that are compared, of any kind.
_READ = (
    "name", "name_han", "short_name", "official_name", "local_name", "acronym", "email", "mobile", "phone", "whatsapp", "wechat",
    "website", "place", "country", "type", "parent",
)  # fmt: skip
_COMMON = 8  # How many records may share a sign; more share a switchboard, or the address of an office
# Percentages of a shared name: from the first on names are similar, below the second they differ.
_NEAR, _UNLIKE = 90, 60
_BESIDE = 6  # How many neighbours in the alphabet a name is compared with
_SHORTEST = 6
_DIGITS = 9
_FORMS = frozenset(word_table("name_words")["forms"])  # Words that one writer includes in a name and another leaves out
_HAN_FORMS = re.compile("(股份)?(有限)?(责任)?公司$")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")


class Alike(NamedTuple):
    """Two records that may be one thing, the smaller id first, and why it seems so."""

    kind: str
    a: str
    b: str
    why: tuple[str, ...]


class _Seen(NamedTuple):
    """The comparable facts of a record.

    Attributes:
        names: Its names, folded.
        words: The words of its name in Latin letters, or how its characters sound.
        han: Its name in characters.
        where: Facts a thing has only once; two records that differ in one are two things.
        above: The records it is a part of.
    """

    id: str
    signs: frozenset[tuple[str, str]]
    names: tuple[str, ...]
    words: frozenset[str] = frozenset()
    han: str = ""
    where: tuple[str | None, ...] = ()
    above: frozenset[str] = frozenset()


def alike(db: Database, among: Collection[str] | None = None, *, only: Collection[str] | None = None) -> list[Alike]:
    """Return the living records that may be the same and of which nobody said whether they are; the surest first.

    Args:
        db: A connection that reads.
        among: Only pairs of which one is among these.
        only: Look at no others than these.
    """
    same = sames(db)
    apart = {frozenset((same.whole(a)[0], same.whole(b)[0])) for a, b in told_apart(db)}
    found: dict[tuple[str, str, str], set[str]] = {}
    for name, (_, differ) in LOOKED_AT.items():
        for one, other, why in _pairs(list(_rows(db, name, only)), differ):
            a, b = sorted((same.shown(one.id), same.shown(other.id)))
            asked = among is None or not {one.id, other.id, a, b}.isdisjoint(among)
            if asked and a != b and frozenset((same.whole(a)[0], same.whole(b)[0])) not in apart:
                found.setdefault((name, a, b), set()).update(why)
    told = [Alike(kind, a, b, tuple(each for each in WHY if each in why)) for (kind, a, b), why in found.items()]
    return sorted(told, key=lambda each: (WHY.index(each.why[0]), -len(each.why), each.kind, each.a, each.b))


def _rows(db: Database, kind: str, only: Collection[str] | None) -> Iterator[_Seen]:
    columns = "".join(f', "{name}"' for name in _compared(kind))
    these = "" if only is None else " AND id IN (SELECT value FROM json_each(?))"
    sql = f'SELECT id{columns} FROM "{kind}" WHERE +is_deleted = 0{these}'
    for row in db.execute(sql, () if only is None else (dumps([*only]),)):
        yield _look(kind, *row)


def _compared(kind: str) -> list[str]:
    return [name for name in _READ if name in KINDS[kind].fields]


@lru_cache(maxsize=1 << 14)
def _look(kind: str, id_: str, *stored: str | None) -> _Seen:
    """Return the facts of a row; cached, for reading takes longer than comparing."""
    fields = [KINDS[kind].fields[name] for name in _compared(kind)]
    values = {f.name: f.type.load(raw) for f, raw in zip(fields, stored, strict=True) if raw is not None}
    return LOOKED_AT[kind][0](id_, values)


def _pairs(
    seen: Collection[_Seen], differ: Callable[[_Seen, _Seen, set[str]], bool]
) -> Iterator[tuple[_Seen, _Seen, set[str]]]:
    by_sign = grouped((sign, each) for each in seen for sign in each.signs)
    why: dict[tuple[str, str], tuple[_Seen, _Seen, set[str]]] = {}
    shared = ((sign[0], pair) for sign, of in by_sign.items() if len(of) <= _COMMON for pair in combinations(of, 2))
    for reason, (one, other) in (*shared, *((SIMILAR, pair) for pair in _similar(seen))):
        a, b = sorted((one, other), key=lambda each: each.id)
        why.setdefault((a.id, b.id), (a, b, set()))[2].add(_reason(reason, a, b))
    for a, b, reasons in why.values():
        said = reasons - {SIMILAR} or reasons
        if not differ(a, b, said):
            yield a, b, said


def _reason(reason: str, a: _Seen, b: _Seen) -> str:
    """Return the reason; a name that only one of them has in letters agrees by its sound."""
    return SOUND if reason == NAME and bool(a.han) != bool(b.han) and not set(a.names) & set(b.names) else reason


def _similar(seen: Iterable[_Seen]) -> Iterator[tuple[_Seen, _Seen]]:
    """Yield pairs whose names in Latin letters differ by a letter or two, and in no number: neighbours in the alphabet, read
    forwards or backwards.
    """
    from rapidfuzz.fuzz import token_sort_ratio

    names = [(name, each) for each in seen for name in each.names if len(name) >= _SHORTEST and name.isascii()]
    for ways in (names, [(" ".join(reversed(name.split())), each) for name, each in names]):
        ordered = sorted(ways, key=lambda pair: (pair[0], pair[1].id))
        for at, (name, each) in enumerate(ordered):
            for other_name, other in ordered[at + 1 : at + 1 + _BESIDE]:
                near = other.id != each.id and token_sort_ratio(name, other_name, score_cutoff=_NEAR)
                if near and re.findall(r"\d+", name) == re.findall(r"\d+", other_name):
                    yield each, other


# -- people ---------------------------------------------------------------------------------------


def _person(id_: str, values: Mapping[str, Any]) -> _Seen:
    latin, han = values.get("name"), values.get("name_han")
    signs = {(EMAIL, _address(values.get("email")))}
    signs |= {(PHONE, _digits(values.get(name))) for name in ("mobile", "phone", "whatsapp")}
    signs |= {(ACCOUNT, _plain(values.get("wechat")))}
    words = _words(latin) if isinstance(latin, PersonName) else []
    written = han.joined if isinstance(han, HanName) else ""
    sound = _sound(han) if isinstance(han, HanName) else ()
    signs |= {(HAN, written if HAN_RUN.fullmatch(written) and len(written) > 1 else "")}
    signs |= {(NAME, " ".join(sorted(each))) for each in (words, sound) if len(each) > 1}
    name = _plain(str(latin)) if latin else ""
    return _Seen(
        id_, _said(signs), tuple(filter(None, (name,))), frozenset(words) | frozenset(sound), written,
        (values.get("place"),),
    )  # fmt: skip


def _differ_as_people(a: _Seen, b: _Seen, why: set[str]) -> bool:
    if why & _OF_ONE:
        return bool(a.words and b.words and not a.words & b.words)
    other_names = bool(a.han and b.han and a.han != b.han)
    return other_names or (not why - {SOUND, SIMILAR} and _elsewhere(a, b))


def _words(name: PersonName) -> list[str]:
    """Return family and given name, each as one word; where one of them holds the whole name, its words."""
    parts = [name.family, name.given] if name.family and name.given else (name.family or name.given or "").split()
    return [joined for part in parts if part and (joined := _joined(part))]


def _sound(han: HanName) -> tuple[str, ...]:
    """Return how a name in characters is written in letters: Zhang, Mingyu. Transcribed names, which hold a dot, have none."""
    written = han.joined
    if han.is_long or not HAN_RUN.fullmatch(written) or not (han.family and han.given):
        return ()
    syllables = family_reading(written)
    family = len(han.family)
    return "".join(syllables[:family]), "".join(syllables[family:])


# -- houses and places ----------------------------------------------------------------------------


def _organisation(id_: str, values: Mapping[str, Any]) -> _Seen:
    names = _names(values, "name", "short_name")
    place, acronym = values.get("place"), _plain(values.get("acronym"))
    signs = {(NAME, name) for name in names}
    signs |= {(EMAIL, _address(values.get("email"))), (PHONE, _digits(values.get("phone")))}
    signs |= {(WEBSITE, _host(values.get("website")))}
    signs |= {(NAME, f"{acronym} {place}" if acronym and place else "")}
    above = frozenset(filter(None, (values.get("parent"),)))
    return _Seen(id_, _said(signs), names, where=(place,), above=above)


def _place(id_: str, values: Mapping[str, Any]) -> _Seen:
    names = _names(values, "name", "short_name", "official_name", "local_name")
    bare = tuple(dict.fromkeys(name[:-1] if len(name) > 2 and name[-1] in "市县区省" else name for name in names))
    above = frozenset(filter(None, (values.get("parent"),)))
    where = (values.get("country"), values.get("type"))
    return _Seen(id_, _said({(NAME, name) for name in bare}), bare, where=where, above=above)


def _differ_as_things(a: _Seen, b: _Seen, why: set[str]) -> bool:
    if _elsewhere(a, b) or a.id in b.above or b.id in a.above:
        return True
    return bool(a.names and b.names) and not why & {NAME, SIMILAR} and not _like(a.names, b.names)


def _like(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether any name of one resembles any of the other; names in different scripts cannot be compared."""
    from rapidfuzz.fuzz import token_set_ratio

    pairs = [(one, other) for one in ours for other in theirs if one.isascii() == other.isascii()]
    return not pairs or any(token_set_ratio(*pair) >= _UNLIKE for pair in pairs)


def _elsewhere(a: _Seen, b: _Seen) -> bool:
    return any(one and other and one != other for one, other in zip(a.where, b.where, strict=True))


LOOKED_AT: dict[
    str, tuple[Callable[[str, Mapping[str, Any]], _Seen], Callable[[_Seen, _Seen, set[str]], bool]]
] = {
    "person": (_person, _differ_as_people),
    "organisation": (_organisation, _differ_as_things),
    "place": (_place, _differ_as_things),
}  # fmt: skip


# -- making comparable ----------------------------------------------------------------------------


def _said(signs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(sign for sign in signs if sign[1])


def _plain(text: object) -> str:
    """Return the letters and digits of a text, folded, without optional words."""
    if not isinstance(text, str) or not text.strip():
        return ""
    folded = _DOTTED.sub(lambda found: found[0].replace(".", ""), fold_accents(text))
    words = re.sub(r"[^\w@]+|_", " ", folded).split()
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


def _address(text: object) -> str:
    return text.strip().casefold() if isinstance(text, str) and "@" in text else ""


def _joined(part: str) -> str:
    """Return a part of a name as one word: Ming-yu and Ming Yu are Mingyu."""
    return "".join(re.findall(r"\w+", fold_accents(part)))


def _digits(number: object) -> str:
    """Return the end of a telephone number, which is the same with and without the country code."""
    digits = re.sub(r"\D", "", number) if isinstance(number, str) else ""
    return digits[-_DIGITS:] if len(digits) >= 7 else ""


def _host(address: object) -> str:
    if not isinstance(address, str):
        return ""
    return re.sub(r"^\w+://", "", address.strip().casefold()).partition("/")[0].removeprefix("www.")


def _names(values: Mapping[str, Any], *fields: str) -> tuple[str, ...]:
    said = [values.get(name) for name in fields]
    texts = [text for each in said for text in (each.values() if isinstance(each, Bilingual) else [each])]
    plain = (_HAN_FORMS.sub("", _plain(text)) for text in texts)
    return tuple(dict.fromkeys(name for name in plain if len(name) > 1))
