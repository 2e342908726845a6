"""The words and patterns of dates by language; a further one has its own names of months in English patterns.

Patterns are written out: skeletons put Chinese in the wrong order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from ucapdesk.base.i18n import LANGUAGES, ByLanguage
from ucapdesk.model.codes import folded

PATTERNS = ByLanguage({
    "en": {"table": "d MMM yyyy", "year": "yyyy", "month": "MMMM yyyy", "day": "d MMMM yyyy", "weekday": "EEEE, d MMMM yyyy",
           "short": "EEE d MMM", "month_alone": "MMMM", "day_month": "d MMMM",
           "full": "EEE d MMM yyyy"},
    "zh": {"table": "yyyy年M月d日", "year": "yyyy年", "month": "yyyy年M月", "day": "yyyy年M月d日", "weekday": "yyyy年M月d日（EEEE）",
           "short": "M月d日（EEE）", "month_alone": "M月", "day_month": "M月d日",
           "full": "yyyy年M月d日 EEEE"},
    "es": {"table": "d MMM yyyy", "year": "yyyy", "month": "MMMM 'de' yyyy", "day": "d 'de' MMMM 'de' yyyy",
           "weekday": "EEEE, d 'de' MMMM 'de' yyyy", "short": "EEE d MMM", "month_alone": "MMMM",
           "day_month": "d 'de' MMMM",
           "full": "EEE d MMM yyyy"},
    "it": {"table": "d MMM yyyy", "year": "yyyy", "month": "MMMM yyyy", "day": "d MMMM yyyy", "weekday": "EEEE d MMMM yyyy",
           "short": "EEE d MMM", "month_alone": "MMMM", "day_month": "d MMMM",
           "full": "EEE d MMM yyyy"},
    "de": {"table": "d. MMM yyyy", "year": "yyyy", "month": "MMMM yyyy", "day": "d. MMMM yyyy", "weekday": "EEEE, d. MMMM yyyy",
           "short": "EEE, d. MMM", "month_alone": "MMMM", "day_month": "d. MMMM",
           "full": "EEE, d. MMM yyyy"},
})  # fmt: skip

ABOUT = ByLanguage({"en": "about {}", "zh": "约{}", "es": "hacia {}", "it": "circa {}", "de": "etwa {}"})
UNCERTAIN = ByLanguage({
    "en": "{} (uncertain)", "zh": "{}（待核实）", "es": "{} (sin confirmar)", "it": "{} (da verificare)",
    "de": "{} (unsicher)",
})  # fmt: skip
FROM = ByLanguage({"en": "from {}", "zh": "{}起", "es": "desde {}", "it": "da {}", "de": "ab {}"})
UNTIL = ByLanguage({"en": "until {}", "zh": "至{}", "es": "hasta {}", "it": "fino a {}", "de": "bis {}"})
TIME_OF = ByLanguage({"en": "{} time", "zh": "{}时间", "es": "hora de {}", "it": "ora di {}", "de": "Zeit in {}"})
CAPITAL_TIME = {"Asia/Shanghai": {"en": "Beijing", "zh": "北京", "es": "Pekín", "it": "Pechino", "de": "Peking"}}
"""Zones that are named by another city than the one in their id."""

ABOUT_TYPED = ("about", "around", "circa", "ca.", "ca", "c.", "approx.", "approximately", "约", "大约", "hacia", "verso",
               "etwa", "gegen", "um", "~")  # fmt: skip
ABOUT_BEHIND = ("左右", "前后", "circa")
UNCERTAIN_TYPED = ("(uncertain)", "(待核实)", "(sin confirmar)", "(da verificare)", "(unsicher)", "(?)", "?")
FROM_TYPED = ("from", "since", "desde", "dal", "da", "ab", "seit", "自")
FROM_BEHIND = ("起", "以来", "至今", " -")
UNTIL_TYPED = ("until", "till", "up to", "hasta", "fino al", "fino a", "bis", "截至", "至", "-")


@cache
def months() -> dict[str, int]:
    """Return the number of a month by its long and short names in all languages, folded."""
    from babel.dates import get_month_names

    found: dict[str, int] = {"sept": 9, "giu": 6}
    for lang in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, lang).items():
                    found.setdefault(folded(name).rstrip("."), number)
    return found


def day_names(width: Literal["wide", "abbreviated"], lang: str) -> Mapping[int, str]:
    """Return the names of the weekdays by number (Monday 0), ``wide`` or ``abbreviated``."""
    from babel.dates import get_day_names

    return get_day_names(width, "format", lang)


@cache
def weekdays() -> dict[str, int]:
    """Return the number of a weekday (Monday 0) by its names in all languages, folded."""
    found: dict[str, int] = {}
    for lang in LANGUAGES:
        for number, name in day_names("wide", lang).items():
            found.setdefault(folded(name), number)
    for number, name in day_names("abbreviated", "zh").items():
        found.setdefault(folded(name), number)
    return found


@cache
def short_weekdays(lang: str) -> tuple[str, ...]:
    """Return Monday to Sunday in a few letters, for the column heads of a month."""
    names = day_names("abbreviated", lang if lang in LANGUAGES else "en")
    return tuple(names[number].rstrip(".") for number in range(7))
