"""Which field the label of a row means: the words of ``labels.json`` in five languages, compared with some tolerance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.formats.errors import NotAGlance
from ucapdesk.formats.glance.text import squash
from ucapdesk.model.codes import codes, find_code, folded, word_table

AT_A_GLANCE = "at_a_glance"
SUMMARY = "u_cap_summary"
MAX_LABEL_CHARS = 200


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the paper: its key, its label as we write it, and one cell or one a side."""

    key: str
    label: str
    by_side: bool = False
    anywhere: bool = False
    """Its words mean the field wherever they stand in a label: "Liuzhou contact person"."""


FIELDS = tuple(
    Field(code.code, code.labels["en"], bool(code.facts.get("by_side")), bool(code.facts.get("anywhere")))
    for code in codes("labels").values()
)
BY_KEY = {field.key: field for field in FIELDS}

# Without these a paper says too little to be one of the family.
ESSENTIAL = ("cities", "themes", "objective", "activities")


def lacking(file: str, *keys: str) -> NotAGlance:
    """Return the refusal of a file without these fields."""
    return NotAGlance(file=file, missing=", ".join(f"“{BY_KEY[key].label}”" for key in keys))


_OLDER = re.compile(r"u-cap|summary", re.IGNORECASE)
_ENOUGH = 0.8
_SURE_BEGINNING = 0.82
_BEGINNINGS = frozenset(
    ["themes", "challenges", "objective", "activities", "results", "pairing", "visits", "period", "focus"]
)
"""Fields whose label may go on after its own words: "Main challenges of the two cities"."""
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]]*[)）\]】]?")
_INCLUDING = re.compile(r"\s*[-–—,]\s*(?:incl\b|incl[u.]|einschl|compres|nebst|包括|含)", re.IGNORECASE)
"""Where a label goes on with what its cell tells besides."""
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)、．]?\s+|\(?[a-z一二三四五六七八九十]{1,2}[.)、）]\s*|[-–—•*→§#]+\s*)",
    re.IGNORECASE,
)

_LANDS, _LIGHT, _BESIDE = (
    frozenset(map(folded, word_table("label_words")[key])) for key in ("lands", "light", "beside")
)
"""Words of where a city lies, of which two make a label; words that tell no label from another; words beside them."""
_HAN_LONGEST = 12


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a label: its words, or its Chinese characters."""

    field: Field
    words: tuple[str, ...]
    han: str
    whole: bool = False
    """It means the field only as the whole label: a programme's name."""


def words_of(label: str) -> tuple[str, ...]:
    """Return the words of a label as they are compared."""
    return tuple(re.findall(r"[^\W_]+", HAN_RUN.sub(" ", re.sub(r"\bkm\s+2", "km2", folded(label)))))


def bare(label: str) -> str:
    """Return a label without its numbering and what stands in brackets, unless nothing else is there."""
    label = _NUMBERING.sub("", squash(label))
    outside = squash(_BRACKETS.sub(" ", label))
    return outside if re.search(r"\w", outside) else label


@cache
def _spellings() -> tuple[_Spelling, ...]:
    found = []
    for code in codes("labels").values():
        field = BY_KEY[code.code]
        for said in dict.fromkeys([*code.labels.values(), *code.facts.get("aliases", ())]):
            for text in dict.fromkeys([bare(said), said]):
                found.append(_Spelling(field, words_of(text), "".join(HAN_RUN.findall(text))))
        for said in code.facts.get("exact", ()):
            found.append(_Spelling(field, words_of(said), "".join(HAN_RUN.findall(said)), whole=True))
    return tuple(found)


@cache
def _places() -> dict[str, dict[str, set[int]]]:
    """Return, by first letter and by word, the places of the spellings that hold the word."""
    found: dict[str, dict[str, set[int]]] = {}
    for at, spelling in enumerate(_spellings()):
        for word in spelling.words:
            found.setdefault(word[0], {}).setdefault(word, set()).add(at)
    return found


@cache
def _of_characters() -> frozenset[int]:
    """Return the places of the spellings that have Chinese characters alone."""
    return frozenset(at for at, spelling in enumerate(_spellings()) if spelling.han and not spelling.words)


@lru_cache(maxsize=16384)
def _holding(word: str) -> frozenset[int]:
    """Return the places of the spellings that hold a word, or one like it."""
    begun_alike = _places().get(word[0], {})  # words with another first letter are never the same
    return frozenset().union(*(places for other, places in begun_alike.items() if same_word(other, word)))


def _comparable(words: Sequence[str], han: str) -> list[_Spelling]:
    """Return the spellings that have something in common with a label; no other one can be meant."""
    places = frozenset().union(*map(_holding, words))
    spellings = _spellings()
    return [spellings[at] for at in sorted(places | _of_characters() if han else places)]


def field_of(label: str) -> Field | None:
    """Return the field a printed label stands for; a label in two languages by either."""
    if not label or len(label) > MAX_LABEL_CHARS * 2:
        return None
    return _field_of(label)


def key_of(label: str) -> str:
    """Return the key of the field that a label stands for; nothing for an unknown one."""
    known = field_of(label)
    return known.key if known else ""


@lru_cache(maxsize=4096)
def _field_of(label: str) -> Field | None:
    lines = [line for line in label.split("\n") if line.strip()]
    parts = [squash(label), *_INCLUDING.split(squash(label))[:1]]
    parts += lines if len(lines) > 1 else []
    if HAN_RUN.search(label) and re.search("[A-Za-z]{3}", label):
        parts += [HAN_RUN.sub(" ", label), "".join(HAN_RUN.findall(bare(label)))]
    best, found, guess = _ENOUGH, None, None
    for part in parts:
        if not part or len(part) > MAX_LABEL_CHARS:
            continue
        for text in dict.fromkeys([bare(part), part]):
            score, field = _best(text)
            if score > best or (score == best and found is None):
                best, found = score, field
            guess = guess or _guessed(words_of(text), "".join(HAN_RUN.findall(text)))
    return found or (BY_KEY[guess] if guess and _is_short(label) else None)


@cache
def _by_word() -> dict[str, str]:
    return {folded(word): code.code for code in codes("labels").values() for word in code.facts.get("keywords", ())}


def _guessed(words: tuple[str, ...], han: str) -> str | None:
    """Return the key of the one field that the words of a label speak for; None where they speak for none or several."""
    if han and not words:
        if len(han) > _HAN_LONGEST:
            return None
        found = {key for word, key in _by_word().items() if not word.isascii() and word in han}
        return found.pop() if len(found) == 1 else None
    if not words or len(words) > 6:
        return None
    found = {key for word in words if (key := _by_word().get(word))}
    rest = [word for word in words if word not in _by_word() and word not in _LIGHT | _BESIDE and not word.isdigit()]
    if len(found) == 1 and not rest:
        return found.pop()
    lands = [word for word in words if word in _LANDS]
    others = [word for word in words if word not in _LANDS and word not in _LIGHT | _BESIDE]
    return "state_country" if len(lands) > 1 and not others else None


def _is_short(label: str) -> bool:
    """Whether a text looks like a label that nobody knows: a few words that begin with a capital and end in none of a sentence."""
    said = bare(label)
    return len(said) < 60 and not said[:1].islower() and not re.search(r"[.!?。;；]$", said)


def _best(text: str) -> tuple[float, Field | None]:
    words, han = words_of(text), "".join(HAN_RUN.findall(text))
    best: tuple[float, Field | None] = (0.0, None)
    if len(words) > 25:
        return best
    for spelling in _comparable(words, han):
        if spelling.whole and (words, han) != (spelling.words, spelling.han):
            continue
        if spelling.han and spelling.words and not han:
            continue
        score = _han_score(han, spelling) if spelling.han and not spelling.words else _score(words, spelling, bool(han))
        if score > best[0]:
            best = (score, spelling.field)
    return best


def head_of(text: str) -> str | None:
    """Return what the head of a column, or the word before a colon, says of what stands with it."""
    said = squash(text).strip(" :：*.")
    found = find_code("column_heads", said) or find_code("column_heads", f"{said}.")
    return found or find_code("column_heads", bare(said).strip(" :："))


def is_exact(label: str) -> bool:
    """Return whether a text is one of the known labels, word for word."""
    return _best(bare(label))[0] == 1.0


def _han_score(han: str, spelling: _Spelling) -> float:
    if han == spelling.han:
        return 1.0
    if spelling.field.anywhere and spelling.han in han and len(han) <= len(spelling.han) + 12:
        return 0.95
    shorter, both = min(len(han), len(spelling.han)), len(han) + len(spelling.han)
    if shorter > 3 and 2 * shorter / both > _ENOUGH and not set(spelling.han).isdisjoint(han):  # else it is not enough
        return SequenceMatcher(None, han, spelling.han, autojunk=False).ratio() - 0.001
    return 0.0


def _score(words: Sequence[str], spelling: _Spelling, has_han: bool) -> float:
    if not words or not spelling.words or (has_han and not spelling.han and len("".join(words)) < 4):
        return 0.0
    if tuple(words) == spelling.words:
        return 1.0
    if spelling.field.anywhere and _inside(words, spelling.words):
        return 0.95
    left, shared = list(words), 0.0
    for word in spelling.words:
        begin = word[0]  # words with another first letter are never the same
        same = next((other for other in left if other[0] == begin and same_word(word, other)), None)
        if same is not None:
            left.remove(same)
            shared += _weight(word)
    if shared < 1.0:
        return 0.0
    precision, recall = shared / (shared + sum(map(_weight, left))), shared / sum(map(_weight, spelling.words))
    score = 2 * precision * recall / (precision + recall) - 0.001
    begins = spelling.field.key in _BEGINNINGS and len(words) <= 9 and len(words) > len(spelling.words)
    if begins and all(same_word(a, b) for a, b in zip(spelling.words, words, strict=False)):
        return max(score, _SURE_BEGINNING)
    return score


def _inside(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the wanted words stand in a label in one run; a single word only at its beginning or end."""
    if len(words) > 10:
        return False
    starts = [at for at in range(len(words) - len(wanted) + 1) if tuple(words[at : at + len(wanted)]) == tuple(wanted)]
    if len(wanted) > 1:
        return bool(starts)
    return any(at == len(words) - 1 or (at == 0 and len(words) <= 5) or len(words) <= 4 for at in starts)


def _weight(word: str) -> float:
    return 0.2 if word in _LIGHT or word.isdigit() else 1.0


@lru_cache(maxsize=65536)
def same_word(one: str, other: str) -> bool:
    """Return whether two folded words are the same but for a plural or, in longer words, a slip of the keys."""
    if one == other:
        return True
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(shorter) < 4 or len(longer) - len(shorter) > 2 or shorter[0] != longer[0]:
        return False
    if longer in (f"{shorter}s", f"{shorter}es", f"{shorter[:-1]}ies"):
        return True
    if len(shorter) < 5:
        return False
    from rapidfuzz.distance import OSA  # where a label is compared at last

    most = 2 if len(shorter) > 8 else 1
    return OSA.distance(one, other, score_cutoff=most) <= most


def label_set(title: str, keys: set[str]) -> str:
    """Return which of the two label sets a table uses, by its title and the rows only the older one has."""
    older = _OLDER.search(title) or keys & {"related", "focus", "period"}
    return SUMMARY if older and "pairing" not in keys else AT_A_GLANCE
