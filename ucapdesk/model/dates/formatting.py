"""Formats dates and hours in five languages, exactly as precise as they are known."""

from __future__ import annotations

from datetime import date

from ucapdesk.base.i18n import INTERFACE_LANGUAGES, in_brackets, known_language, phrases
from ucapdesk.model.dates.zones import city_zone, zone_city
from ucapdesk.model.values import PartialDate, When

DOUBT_MARKS = "~?%"
ANY_CLOCK = ""  # Stands for the clock of hours that need no zone beside them


def say_during(value: PartialDate, lang: str) -> str:
    """Return a date after a verb; an uncertain one stands in brackets as it is known."""
    said = say_date(value, lang)
    if any(mark in value.edtf for mark in DOUBT_MARKS) or ".." in value.edtf:
        return in_brackets(said, lang).strip()
    if lang == "zh":
        return f"于{said}"
    first, dash, last = said.partition("–")
    during, dashes = phrases(lang)["during"], value.ends[0].count("-")
    if dash:
        return str(during["range_of_days" if dashes == 2 else "range"].format(first.strip(), last.strip()))
    return str(during[("year", "month", "day")[dashes]].format(said))


def say_date(value: PartialDate | None, lang: str | None = None, *, weekday: bool = False) -> str:
    """Return a date in words: ``June 2019``, ``2019年6月9日至15日``, ``about 2019``, ``from 12 June 2019``.

    Args:
        value: The date; None is said as nothing.
        lang: The language, by default the reader's.
        weekday: Name the weekday of every day that is known.
    """
    if value is None:
        return ""
    lang, (first, last) = known_language(lang), value.ends
    if first == last:
        return _one(first, lang, weekday=weekday)
    if first == "..":
        return _said("until", lang, _one(last, lang, weekday=weekday))
    if last == "..":
        return _said("from", lang, _one(first, lang, weekday=weekday))
    short = None if weekday or any(mark in value.edtf for mark in DOUBT_MARKS) else _short_range(first, last, lang)
    ends = [_one(end, lang, weekday=weekday) for end in (first, last)]
    return short or ("至" if lang == "zh" else " – ").join(ends)


def _day_as(value: PartialDate | None, form: str, lang: str | None) -> str:
    """Return a certain day in a form of its language; other dates in full."""
    lang = known_language(lang)
    if value is None or value.precision != "day" or value.edtf[-1] in DOUBT_MARKS:
        return say_date(value, lang)
    return _formatted(value.edtf, form, lang)


def say_day(value: PartialDate | None, lang: str | None = None) -> str:
    """Return a day of the current programme, without its year: ``Wed 25 Nov``; less precise dates in full."""
    return _day_as(value, "short", lang)


def say_short(value: PartialDate | None, lang: str | None = None) -> str:
    """Return a date for a narrow column: ``15 Dec 2026``, ``2026年12月15日``; less precise dates as they are."""
    return _day_as(value, "table", lang)


def say_day_in_two(value: date, lang: str | None = None) -> tuple[str, str]:
    """Return a day as the head of a calendar has it: ``Tue`` and ``24 November``, ``周二`` and ``11月24日``."""
    lang = known_language(lang)
    return _in_pattern(value, "EEE", lang), _formatted(value.isoformat(), "day_month", lang)


def say_full(value: PartialDate | None, lang: str | None = None) -> str:
    """Return a day with its weekday and year, short: ``Tue 15 Dec 2026``, ``2026年12月15日 星期二``; less precise dates as they are."""
    return _day_as(value, "full", lang)


def say_when(
    value: When | None, lang: str | None = None, *, zone: bool = True, weekday: bool = False, full: bool = False
) -> str:
    """Return date and hours on the clock of the place: ``12 June 2019, 09:00–10:30 (Madrid time)``; ``full``: as ``say_full``."""
    if value is None:
        return ""
    lang = known_language(lang)
    tz, end_tz = (value.tz, value.end_tz) if zone else (None, None)
    day = say_full(value.day, lang) if full else say_date(value.day, lang, weekday=weekday)
    if value.end_date or (end_tz and end_tz != tz):
        ends = PartialDate(value.end_date) if value.end_date else None
        end_day = say_full(ends, lang) if full else say_date(ends, lang, weekday=weekday)
        first = _clock(day, value.start, tz if value.start else None, lang)
        last = _clock(end_day, value.end, (end_tz or tz) if value.end else None, lang)
        return " – ".join(filter(None, (first, last)))
    hours = "–".join(filter(None, (value.start, value.end)))
    if value.end and not value.start:
        hours = _said("until", lang, value.end)
    return _clock(day, hours, tz if hours else None, lang)


def say_hours(value: When | None, lang: str | None = None, *, beside: str | None = ANY_CLOCK) -> str:
    """Return the hours alone, as figures: ``09:00–10:30``, ``22:00–07:20 +1``.

    Each with its place where the clocks of both ends differ, ``15:05 (Warsaw) – 06:40 +1 (Beijing)``, or are not the one
    that is told ``beside`` them (None: none is told).
    """
    if value is None or not (value.start or value.end):
        return ""
    lang = known_language(lang)
    ends = value.end_tz or value.tz
    apart = value.end is not None and value.end_tz not in (None, value.tz)
    if not apart:
        hours = "–".join((value.start or "", say_end(value))) if value.end else value.start or ""
        return hours + bracketed_city(ends if beside not in (ANY_CLOCK, ends) else None, lang)
    return (
        f"{value.start or ''}{bracketed_city(value.tz, lang)} – {say_end(value)}{bracketed_city(ends, lang)}".lstrip()
    )


def say_end(value: When) -> str:
    """Return the hour of the end beside the day of the beginning, with the days that it is later: ``06:40 +1``."""
    later = days_between(value.date, value.end_date)
    return f"{value.end}\u00a0+{later}" if later > 0 else value.end or ""


def say_arrival(value: When, lang: str | None = None, *, beside: str | None = ANY_CLOCK) -> str:
    """Return the hour of the end on its own day, where +1 would be the day after: ``06:40``; ``beside`` as in ``say_hours``."""
    ends = value.end_tz or value.tz
    return (value.end or "") + bracketed_city(ends if beside not in (ANY_CLOCK, ends) else None, known_language(lang))


def days_between(first: str | None, last: str | None) -> int:
    """Return how many days lie between two; 0 where one is not known to the day."""
    try:
        return (date.fromisoformat(last or "") - date.fromisoformat(first or "")).days
    except ValueError:
        return 0


def bracketed_city(tz: str | None, lang: str) -> str:
    """Return the clock of an hour, to follow it: `` (Beijing)``, ``（北京）``."""
    return in_brackets(zone_city(tz, lang), lang) if tz else ""


def _clock(day: str, hours: str | None, tz: str | None, lang: str) -> str:
    said = (" " if lang == "zh" else ", ").join(filter(None, (day, hours)))
    return said + in_brackets(say_zone(tz, lang), lang) if tz else said


def say_zone(tz: str, lang: str | None = None) -> str:
    """Return the name of a clock: ``Beijing time``, ``北京时间``."""
    lang = known_language(lang)
    return _said("time_of", lang, zone_city(tz, lang))


def zone_told(said: str) -> str | None:
    """Return the zone of a clock that is named as ``say_zone`` does, in any language; None for one that nobody knows."""
    around = (phrases(lang)["time_of"].split("{}") for lang in INTERFACE_LANGUAGES)
    named = (said.removeprefix(before).removesuffix(behind) for before, behind in around)
    return next(filter(None, map(city_zone, named)), None)


def _said(phrase: str, lang: str, said: str) -> str:
    return str(phrases(lang)[phrase].format(said))


def _one(text: str, lang: str, *, weekday: bool = False) -> str:
    mark = text[-1] if text[-1] in DOUBT_MARKS else ""
    bare = text.removesuffix(mark)
    form = ("year", "month", "weekday" if weekday else "day")[bare.count("-")]
    said = _formatted(bare, form, lang)
    if mark in ("~", "%"):
        said = _said("about_date", lang, said)
    return _said("uncertain", lang, said) if mark in ("?", "%") else said


def _formatted(text: str, form: str, lang: str) -> str:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return _in_pattern(date(year, month, day), phrases(lang)["date"][form], lang)


def _in_pattern(day: date, pattern: str, lang: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=lang)


def _short_range(first: str, last: str, lang: str) -> str | None:
    """Return both ends with their common part once; None where they share nothing or differ in precision."""
    if first.count("-") != last.count("-"):
        return None
    if first.count("-") == 0:
        return f"{first}–{last}" if lang != "zh" else f"{first}年至{last}年"
    if first[:4] != last[:4]:
        return None
    days = first.count("-") == 2
    part = "day_month" if days else "month_alone"
    if lang == "zh":
        end = f"{int(last[8:])}日" if days and first[:7] == last[:7] else _formatted(last, part, lang)
        return f"{_formatted(first, 'day' if days else 'month', lang)}至{end}"
    whole = _formatted(last, "day" if days else "month", lang)
    if days and first[:7] == last[:7]:
        return f"{int(first[8:])}{'.' if lang == 'de' else ''}–{whole}"
    return f"{_formatted(first, part, lang)}{' – ' if days else '–'}{whole}"
