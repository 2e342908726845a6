"""Which field a label means: the words before a row (``labels.json``) and above a column (``column_heads.json``), in five languages.

Labels of rows are compared with some tolerance. The head of a list has one line or two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from ucapdesk.base.fold import HAN_RUN, simplify
from ucapdesk.base.i18n import LANGUAGE_NAMES
from ucapdesk.formats.address_words import FAMILY_AND_GIVEN, FAMILY_FIRST
from ucapdesk.formats.errors import NotAGlance
from ucapdesk.formats.phrases.small_texts import PAIR, both_languages, folded_nfkc, in_languages, squash
from ucapdesk.model.codes import codes, find_code, folded, word_table
from ucapdesk.model.dates.hours import FIRST_HOUR, hours_said
from ucapdesk.model.text.person_names import HAN_NAME

AT_A_GLANCE = "at_a_glance"
SUMMARY = "u_cap_summary"
MAX_LABEL_CHARS = 200


@dataclass(frozen=True, slots=True)
class LabelField:
    """A field of the paper: its key, its label as we write it, and one cell or one a side."""

    key: str
    label: str
    by_side: bool = False
    anywhere: bool = False  # Its words mean the field wherever they stand in a label: "Liuzhou contact person"


FIELDS = tuple(
    LabelField(code.code, code.labels["en"], bool(code.facts.get("by_side")), bool(code.facts.get("anywhere")))
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
# Fields whose label may go on after its own words: "Main challenges of the two cities".
_BEGINNINGS = frozenset(
    ["themes", "challenges", "objective", "activities", "results", "pairing", "visits", "period", "focus"]
)
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]]*[)）\]】]?")
# Where a label goes on with what its cell tells besides.
_INCLUDING = re.compile(r"\s*[-–—,]\s*(?:incl\b|incl[u.]|einschl|compres|nebst|包括|含)", re.IGNORECASE)
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)、．]?\s+|\(?[a-z一二三四五六七八九十]{1,2}[.)、）]\s*|[-–—•*→§#]+\s*)",
    re.IGNORECASE,
)

# Words of where a city lies, of which two make a label; words that tell no label from another; words beside them.
_LANDS, _LIGHT, _BESIDE = (
    frozenset(map(folded, word_table("label_words")[key])) for key in ("lands", "light", "beside")
)
_HAN_LONGEST = 12


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a label: its words, or its Chinese characters."""

    field: LabelField
    words: tuple[str, ...]
    han: str
    whole: bool = False  # It means the field only as the whole label: a programme's name


def words_of(label: str) -> tuple[str, ...]:
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
    return frozenset(at for at, spelling in enumerate(_spellings()) if spelling.han and not spelling.words)


@lru_cache(maxsize=16384)
def _holding(word: str) -> frozenset[int]:
    begun_alike = _places().get(word[0], {})  # words with another first letter are never the same
    return frozenset().union(*(places for other, places in begun_alike.items() if same_word(other, word)))


def _comparable(words: Sequence[str], han: str) -> list[_Spelling]:
    """Return the spellings that have something in common with a label; no other one can be meant."""
    places = frozenset().union(*map(_holding, words))
    spellings = _spellings()
    return [spellings[at] for at in sorted(places | _of_characters() if han else places)]


def field_of(label: str) -> LabelField | None:
    """Return the field a printed label stands for; a label in two languages by either."""
    if not label or len(label) > MAX_LABEL_CHARS * 2:
        return None
    return _field_of(label)


def key_of(label: str) -> str:
    """Return the key of the field that a label stands for; nothing for an unknown one."""
    known = field_of(label)
    return known.key if known else ""


@lru_cache(maxsize=4096)
def _field_of(label: str) -> LabelField | None:
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


def _best(text: str) -> tuple[float, LabelField | None]:
    words, han = words_of(text), "".join(HAN_RUN.findall(text))
    best: tuple[float, LabelField | None] = (0.0, None)
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


# The heads of columns; Chinese ones are Simplified.
_BY_HEAD: Mapping[str, str] = {
    folded_nfkc(head): what for what, heads in word_table("list_heads").items() for head in heads
}
# What a list may say in two languages, each in a column of its own.
_TEXTS = frozenset(["organisation", "department", "post", "city", "content", "place", "remarks", "diet"])
# What stands below a head in the columns of its languages.
_LANGUAGES = {folded_nfkc(name) for code, own in LANGUAGE_NAMES.items() for name in (code, own)} | {
    "cn", "chinese", "german", "italian", "spanish", "英文", "chinesisch", "englisch"}  # fmt: skip
DEEPEST_HEAD = 15
OF_GROUP = "content "  # Begins the meaning of a column of what one group does; the group follows
_GROUP = re.compile(
    r"(?<!\w)(?:group|gruppe|gruppo|grupo|track)\s*([a-z]|\d{1,2})(?!\w)|(?<!\w)([a-z]|\d{1,2})\s?(?:组|組)|第?([甲乙丙丁一二三四])(?:组|組)"
    r"|^([\u3400-\u9fff]{2,6}(?:组|組))$",
    re.IGNORECASE,
)
_LATIN = re.compile("[A-Za-zÀ-ÿ]{2}")


@dataclass(frozen=True, slots=True)
class ListHead:
    """The head of a table: for each column what it means and how it is called."""

    keys: tuple[str | None, ...]
    heads: tuple[str, ...]

    @property
    def in_two(self) -> frozenset[str]:
        """The meanings of columns whose heads are in Chinese and in another language, as their cells are then."""
        return frozenset(
            "content" if key.startswith(OF_GROUP) else key
            for key, head in zip(self.keys, self.heads, strict=True)
            if key and HAN_NAME.search(head) and _LATIN.search(head)
        )

    @property
    def family_first(self) -> str:
        """The head that says that names begin with the family name; empty where none does."""
        heads = (head for key, head in zip(self.keys, self.heads, strict=True) if key in ("name", "latin"))
        return next(filter(FAMILY_FIRST.search, heads), "")

    def said(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by what they mean; a text of two columns, one of them Chinese, as ``PAIR`` says."""
        found: dict[str, str] = {}
        for key, cell in zip(self.keys, row, strict=False):
            if key and (said := squash(cell)):
                found[key] = _beside(key, found[key], said) if key in found else said
        return found

    def texts(self, key: str, said: str, lang: str) -> dict[str, str]:
        """Return the text of a column by language; both where its head, or its columns, are in both."""
        return (both_languages if key in self.in_two or PAIR in said else in_languages)(said, lang)

    def again(self, row: Sequence[str]) -> bool:
        """Return whether a row says the head once more, as on a new page."""
        cells = [folded_nfkc(cell) for cell in row if squash(cell)]
        return len(cells) > 1 and all(
            cell in {folded_nfkc(head) for head in self.heads} or key_of_head(cell) for cell in cells
        )


def _beside(key: str, said: str, more: str) -> str:
    """Return two cells of one meaning as one: a text in two languages, the first and the last hour, else one behind the other."""
    if key == "time":
        return said if said == more else f"{said} – {more}"
    han, other = sorted((said, more), key=lambda each: not HAN_RUN.search(each))
    in_two = HAN_RUN.search(han) and not HAN_RUN.search(other) and _LATIN.search(other)
    may_be = PAIR not in said and (key in _TEXTS or key.startswith(OF_GROUP))
    return f"{han}{PAIR}{other}" if may_be and in_two else f"{said} {more}"


def key_of_head(cell: str) -> str | None:
    """Return what the head of a column means; None for a head that is unknown."""
    whole = squash(cell).strip(":：*＊ ")
    ways = [*ways_to_say(whole), *(folded_nfkc(way) for way in re.split(r"\s*[/／|、]\s*", _unbracketed(whole)))]
    if FAMILY_AND_GIVEN.fullmatch(_unbracketed(whole)):
        return "latin"
    return next((_BY_HEAD[way] for way in ways if way in _BY_HEAD), None) or _of_group(whole)


def ways_to_say(head: str) -> list[str]:
    """Return a head as tables of words may have it: whole, without what stands in brackets, in one of its two scripts."""
    close = _closed_up(head)
    latin = " ".join(re.findall(r"[^\u3400-\u9fff()（）]+", close)).strip(" /|·-")
    han = "".join(re.findall(r"[\u3400-\u9fff]+", close))
    ways = [close, _unbracketed(head), *([han] if latin else []), *([latin] if han else [])]
    return [folded_nfkc(simplify(way)) for way in ways]


def _closed_up(head: str) -> str:
    """Return a head without the spaces between its characters: 姓 名."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", head)


def _unbracketed(head: str) -> str:
    return re.sub(r"\s*[(（].*$", "", _closed_up(head))


def _of_group(head: str) -> str | None:
    """Return the meaning of a column that says whose it is, as "A组 Group A" or "A组 地点"; None for any other."""
    found = _GROUP.search(head)
    if not found:
        return None
    rest = _GROUP.sub("", head).strip(" |/()（）")
    means = key_of_head(rest) if rest else None
    if means and not means.startswith("content"):
        return means
    return f"{OF_GROUP}{next(filter(None, found.groups())).upper()}"


def column_group(head: str) -> bool:
    return (key_of_head(head) or "").startswith(OF_GROUP)


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table with its head: what stands above it, and the rows below; without one where it is no table of the list."""

    head: ListHead | None
    above: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str]]
    # The words of its head; none where it goes on with the table of the page before, under the same head.
    labels: tuple[str, ...] = ()


def tables_under(tables: Sequence[Sequence[Sequence[str]]], is_head: Callable[[set[str]], bool]) -> list[HeadedTable]:
    """Return tables with their heads; nothing where none of them has one."""
    found: list[HeadedTable] = []
    before: ListHead | None = None
    for rows in tables:
        goes_on = before is not None and rows and len(rows[0]) == len(before.keys)
        table = table_under(rows, is_head) or HeadedTable(before if goes_on else None, (), rows)
        before = table.head or before
        found.append(table)
    return found if before else []


def table_under(rows: Sequence[Sequence[str]], is_head: Callable[[set[str]], bool]) -> HeadedTable | None:
    """Return a table under its head, of one line or two; None where there is none among its first rows."""
    for at, row in enumerate(rows[:DEEPEST_HEAD]):
        one = [(key_of_head(cell), squash(cell)) for cell in row]
        if sum(key is not None for key, _ in one) < 2:
            continue
        two = _in_two(row, rows[at + 1]) if at + 1 < len(rows) else []
        for columns, first in ((two, at + 2), (one, at + 1)):
            keys = _timed([key for key, _ in columns], rows[first:])
            if is_head({key for key in keys if key}):
                labels = tuple(cell for line in rows[at:first] for cell in line)
                return HeadedTable(_head(keys, [said for _, said in columns]), rows[:at], rows[first:], labels)
    return None


def _timed(keys: Sequence[str | None], below: Sequence[Sequence[str]]) -> list[str | None]:
    """Return meanings where a first or last hour is a time, and nothing where no hours stand below: From may be a place."""

    def is_time(at: int) -> bool:
        said = (row[at][:40] for row in below if at < len(row))
        return any(re.search(FIRST_HOUR, each, re.IGNORECASE) or hours_said(each)[0] for each in said)

    return [("time" if is_time(at) else None) if key == "hour" else key for at, key in enumerate(keys)]


def _head(keys: Sequence[str | None], heads: Sequence[str]) -> ListHead:
    """Return a head; a title beside a column of posts is that before the name, a name beside one part of names the other one."""
    posts, parted = keys.count("post"), {"family", "given"} - set(keys)
    apart = [
        "salutation" if posts > 1 and key == "post" and folded_nfkc(head) == "title"
        else "given" if parted == {"given"} and (key == "name" or folded_nfkc(head) == "name")
        else "family" if parted == {"family"} and folded_nfkc(head) == "name"
        else key
        for key, head in zip(keys, heads, strict=True)
    ]  # fmt: skip
    apart = [None if key == "time" and _other_clock(heads[at], heads[:at]) else key for at, key in enumerate(apart)]
    named = [at for at, key in enumerate(apart) if key and key.startswith(OF_GROUP) and key.endswith(("组", "組"))]
    if len(named) == 1 and "content" in apart:
        apart[named[0]] = None  # the group that sees to a point: 责任组
    return ListHead(tuple(apart), tuple(heads))


def _other_clock(head: str, before: Sequence[str]) -> bool:
    """Return whether a column has the same hours by another clock: "Time (Beijing)" beside "Time (CET)"."""
    _, bracket, said = head.replace("（", "(").partition("(")
    names_clock = bool(bracket) and key_of_head(said.rstrip(")） ")) not in ("time", "hour")
    return names_clock and folded_nfkc(_unbracketed(head)) in {folded_nfkc(_unbracketed(each)) for each in before}


def _in_two(row: Sequence[str], below: Sequence[str]) -> list[tuple[str | None, str]]:
    """Return meaning and words of each column of a head in two lines; nothing where the second is no part of the head."""
    told = [cell for cell in below if squash(cell)]
    apart = [cell for cell in told if folded_nfkc(cell) not in {folded_nfkc(each) for each in row}]
    if not apart or not all(key_of_head(cell) or folded_nfkc(cell) in _LANGUAGES for cell in apart):
        return []
    made, over = [], ""
    for at in range(max(len(row), len(below))):
        upper, lower = (squash(line[at]) if at < len(line) else "" for line in (row, below))
        over = upper or (over if lower else "")
        means = key_of_head(over) if lower else None
        of_language = folded_nfkc(lower) in _LANGUAGES and means in _TEXTS
        made.append((means if of_language else key_of_head(lower) or key_of_head(upper) or means, lower or upper))
    return made
