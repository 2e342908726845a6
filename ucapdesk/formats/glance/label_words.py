"""Guesses the field of a label that is none of the known ones, by the one word in it that says it: "Wesentliche Herausforderungen"."""

from __future__ import annotations

from functools import cache

from ucapdesk.model.codes import codes, folded

_LANDS = frozenset(
    folded(word)
    for word in (
        "province region state country county provinz bundesland land staat provincia país comunidad autónoma "
        "regione paese stato région pays estado province/state municipality prefecture"
    ).split()
)
"""Words of where a city lies; two of them make a label."""
LIGHT = frozenset(
    (
        "of the and in to for a an on with at by as incl including reference key main expected ucap plan lap de "
        "del la el los las y e en con para der die das des und im zu fur mit di della delle dei degli il lo gli "
        "le per principal principales principali wichtigste urban km2 km sq square"
    ).split()
)
"""Words that tell no label from another."""
_BESIDE = LIGHT | frozenset(
    folded(word)
    for word in (
        "or both two our joint common shared overall general major specific planned current local central most "
        "important respective city cities cooperation project projects partnership anticipated intended identified "
        "comunes clave generales previstos esperados comune generale previsti attesi für bzw oder wesentliche "
        "wichtige zentrale gemeinsame größte erwartete geplante et les du pour attendus dos do da os no number "
        "total approx"
    ).split()
)
"""Words that may stand beside it."""
_HAN_LONGEST = 12


@cache
def _by_word() -> dict[str, str]:
    return {folded(word): code.code for code in codes("labels").values() for word in code.facts.get("keywords", ())}


def guessed(words: tuple[str, ...], han: str) -> str | None:
    """Return the key of the one field that the words of a label speak for; None where they speak for none or several."""
    if han and not words:
        if len(han) > _HAN_LONGEST:
            return None
        found = {key for word, key in _by_word().items() if not word.isascii() and word in han}
        return found.pop() if len(found) == 1 else None
    if not words or len(words) > 6:
        return None
    found = {key for word in words if (key := _by_word().get(word))}
    rest = [word for word in words if word not in _by_word() and word not in _BESIDE and not word.isdigit()]
    if len(found) == 1 and not rest:
        return found.pop()
    lands = [word for word in words if word in _LANDS]
    others = [word for word in words if word not in _LANDS and word not in _BESIDE]
    return "state_country" if len(lands) > 1 and not others else None
