"""Other names of places and offices: who types one finds the others (Sevilla is Seville, 发改委 is 发展和改革委员会).

The names are the labels of reference lists in five languages. A Latin name that only spells the sound of the Chinese one is
no other name: the index knows it by its sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.pinyin import readings
from ucapdesk.model.codes import codes
from ucapdesk.store.search.index_signs import compact, office_names

LISTS = ("cities", "places_elsewhere", "short_forms", "bodies", "countries")
MIN_BEGUN_CHARS = 5
"""So many letters of a name are enough while it is typed."""
MAX_BEGUN_NAMES = 4
MAX_OFFICE_CHARS = 24
"""Characters among which a short form is looked for."""
_ENDINGS = ("壮族自治区", "维吾尔自治区", "回族自治区", "自治区", "大区", "地区", "市", "省", "州")


@cache
def _by_name() -> dict[str, dict[str, None]]:
    """Return all names of a thing by each of its names, compact; Chinese ones also without what kind of place it is."""
    found: dict[str, dict[str, None]] = {}
    for listed in LISTS:
        for code in codes(listed).values():
            spellings = dict.fromkeys((*code.labels.values(), *code.facts.get("aliases", ())))
            names = {short: None for spelling in spellings for short in _shorter(spelling)}
            for name in names:
                found.setdefault(compact(name), {}).update(names)
    return found


def _shorter(name: str) -> tuple[str, ...]:
    """Return a name as it is searched for: 柳州市 is found by its first two characters, and may be typed in full."""
    ending = next((each for each in _ENDINGS if name.endswith(each) and len(name) - len(each) >= 2), "")
    return (name[: -len(ending)], name) if ending else (name,)


def others(typed: str, *, begun: bool = False) -> tuple[str, ...]:
    """Return the other names of what somebody typed; ``begun``: or may be about to type."""
    known, said = _by_name(), compact(typed)
    found = dict(known.get(said, ()))
    if begun and not found and len(said) >= MIN_BEGUN_CHARS and said.isascii():
        begins = [each for each in known if each.startswith(said)][:MAX_BEGUN_NAMES]
        found = {name: None for each in begins for name in known[each]}
    sounds = _sound(said)
    return tuple(name for name in found if compact(name) not in (said, sounds) and not _holds(found, name))


def _holds(names: dict[str, None], name: str) -> bool:
    """Return whether a shorter one of the names stands for this Chinese one."""
    return any(short in names for short in _shorter(name)[:-1])


def _sound(said: str) -> str:
    bare = _shorter(said)[0]
    return "".join(readings(bare)[0]) if HAN_RUN.fullmatch(bare) else ""


def inside(typed: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield the longest office, else place, within Chinese characters: what is before it, itself, behind it, its other names."""
    for known in (office_names(), _by_name()):
        for length in range(len(typed) - 1, 1, -1) if len(typed) <= MAX_OFFICE_CHARS else ():
            for at in range(len(typed) - length + 1):
                name = typed[at : at + length]
                if name in known:
                    yield _shorter(typed[:at])[0], name, typed[at + length :], others(name)
                    return
