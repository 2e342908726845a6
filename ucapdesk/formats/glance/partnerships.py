"""Names of the partnerships of the Urban Agenda for the EU, as papers write them, and the words typical of each."""

from __future__ import annotations

import re
from functools import cache

from ucapdesk.model.codes import code_label, codes

_PREFIX = re.compile(
    r"^\s*(?:欧盟|(?:EU|UE|European(?: Union)?|the|de la UE|dell’UE|der EU)\b[\s-]*)*"
    r"(?:(?:UAEU|UA|Urban|Städte|城市议程|城市)?[\s-]*(?:Partnerships?|Agenda|Partnerschaft|Partenariado|Partenariato|Partenariat|Parceria|伙伴关系|议程)(?!\w)"
    r"(?:\s+(?:for the EU|de la UE|de l[’']UE|dell[’']UE|der EU|da UE|on|for|de|del|della|per|su|für|zu|Urbana|urbana)(?!\w))*(?:\s+Partnerships?(?:\s+(?:on|for))?)?|(?:UAEU|UA)\b)?"
    r"[\s:：–,-]*(?:\(\s*UP\s*\)|\bUPs?\b)?[\s:：–“”\"«»‘’-]*",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[\s“”\"»’]*(?:\s?(?:Urban )?Partnership|伙伴关系|伙伴)?\s*$", re.IGNORECASE)
_SMALL = frozenset(["the", "and", "of", "y", "e", "und", "et", "de", "del", "della", "der", "la", "el"])


def _key(text: str) -> str:
    """Return the significant words: without articles, ``and``, ``&`` and ``/``."""
    return " ".join(word for word in re.findall(r"\w+", text.casefold()) if word not in _SMALL)


@cache
def _by_key() -> dict[str, str]:
    return {_key(spelling): code.code for code in codes("partnerships").values() for spelling in code.spellings}


def code_of(print_: str) -> str | None:
    """Return the code of the partnership a print names, with or without ``EU``, ``Urban Partnership``, ``UP`` before it."""
    bare = _key(_SUFFIX.sub("", _PREFIX.sub("", print_)))
    return _by_key().get(bare) or _by_key().get(_key(print_)) or _by_part(bare)


def _by_part(key: str) -> str | None:
    """Return the one partnership whose name holds all of at least two words, or a run of Chinese characters."""
    words = set(key.split()) - {"in", "on", "for"}
    if len(words) < 2 and not re.search("[\u3400-\u9fff]{4}", key):
        return None
    found = {
        code for name, code in _by_key().items() if words <= set(name.split()) or (len(words) == 1 and key in name)
    }
    return found.pop() if len(found) == 1 else None


def name_of(code: str) -> str:
    """Return the official English name."""
    return code_label("partnerships", code, "en")


def is_short(print_: str) -> bool:
    """Return whether the print says ``EU`` but neither ``UP`` nor ``Urban Partnership``."""
    return re.match(r"EU\b", print_) is not None and not re.search(r"\bUPs?\b|partnership", print_, re.IGNORECASE)


def likely(code: str, text: str) -> bool:
    """Return whether any word of a theme begins as those do that make this partnership likely; always where none are listed.

    Only the likely is listed: where a partnership is repeated from the theme above and no word speaks for it, the reader is asked.
    """
    stems = tuple(codes("partnerships")[code].facts.get("stems", [""]))
    return any(word.startswith(stems) for word in re.findall(r"[\w-]+", text.casefold()))
