"""An hour that is told in any language comes back as itself, or as nothing that somebody is asked about, never as another hour."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ucapdesk.model.dates.hours import hours_of, hours_said, split_hours, type_hours
from ucapdesk.model.text.itinerary_line import understand

EXAMPLES = 20_000 if os.environ.get("UCAPDESK_SOAK") else 300

# From which hour to which each word is said by people, told by hand: not the table of the program.
PARTS = [
    (1, 5, "at night|凌晨|nachts|de la madrugada|di notte|du matin|da madrugada|w nocy|'s nachts"),
    (6, 10, "in the morning|a.m.|早上|早晨|早|上午|morgens|früh|vormittags|de la mañana|di mattina|del mattino|du matin|da manhã|rano|'s ochtends"),
    (11, 11, "a.m.|上午|中午|vormittags|mittags|de la mañana|di mattina|du matin|da manhã|przed południem|'s ochtends"),
    (12, 12, "noon|中午|mittags|del mediodía|p.m."),
    (13, 15, "in the afternoon|p.m.|下午|午后|nachmittags|de la tarde|del pomeriggio|de l'après-midi|da tarde|po południu|'s middags"),
    (16, 18, "p.m.|下午|de la tarde|di pomeriggio|in the afternoon|nachmittags|傍晚"),
    (19, 22, "in the evening|pm|晚上|晚|晚间|abends|am Abend|de la noche|di sera|della sera|du soir|da noite|wieczorem|'s avonds"),
    (23, 23, "at night|晚上|nachts|de la noche|di notte|du soir|da noite|in the evening"),
]  # fmt: skip
HAN = re.compile("[\u4e00-\u9fff]")
FIGURES = [
    "{h}:{m:02}",
    "{h}.{m:02}",
    "{h} h {m:02}",
    "{h}h{m:02}",
    "{h}:{m:02} Uhr",
    "{h}.{m:02} uur",
    "{h:02}:{m:02} h",
]
WHOLE = ["{h}", "{h} Uhr", "{h} h", "{h} uur", "{h} heures", "{h} o'clock", "{h}h"]
QUARTERS = {
    15: ["quarter past {h}", "viertel nach {h}", "{h} y cuarto", "{h} e un quarto", "{h} h et quart", "{h} e um quarto", "kwart over {h}", "{h}点一刻"],
    30: ["half past {h}", "halb {next}", "{h} y media", "{h} e mezza", "{h} heures et demie", "{h} e meia", "{h}点半", "half {next}", "half {h}"],
    45: ["quarter to {next}", "viertel vor {next}", "dreiviertel {next}", "{next} menos cuarto", "{next} meno un quarto", "{next} h moins le quart", "{next} menos um quarto", "kwart voor {next}", "{h}点三刻", "{next}点差一刻", "viertel {next}"],
}  # fmt: skip
NOON = [
    "noon",
    "midday",
    "12 noon",
    "mezzogiorno",
    "Mittag",
    "midi",
    "meio-dia",
    "mediodía",
    "中午12点",
    "正午",
    "12 Uhr mittags",
    "południe",
]


@st.composite
def told(draw: st.DrawFn) -> tuple[str, str]:
    """Return an hour and the words in which somebody tells it, by the clock of twelve hours with a part of the day."""
    hour, minute = draw(st.integers(1, 23)), draw(st.sampled_from([0, 15, 30, 45, draw(st.integers(0, 59))]))
    parts = [part for first, last, each in PARTS if first <= hour <= last for part in each.split("|")]
    part = draw(st.sampled_from(parts))
    if HAN.match(part):
        form = draw(
            st.sampled_from(
                ["{h}点{m}分", "{h}:{m:02}", "{h}点{m}", "{h}時{m}分", *(["{h}点", "{h}点整"] * (not minute))]
            )
        )
    else:
        form = draw(st.sampled_from(FIGURES + WHOLE * (minute == 0) + QUARTERS.get(minute, [])))
    h = draw(st.sampled_from([hour, (hour - 1) % 12 + 1])) if "{next}" not in form else (hour - 1) % 12 + 1
    figures = form.format(h=h, m=minute, next=h % 12 + 1)
    words = f"{part}{figures}" if HAN.match(part) else f"{figures} {part}"
    return f"{hour:02}:{minute:02}", words


def starts(words: str) -> dict[str, str]:
    """Return the hour that each reader finds in words; empty for none."""
    found = {}
    for name, text in [
        ("typed", words),
        ("typed before a title", f"{words} Xyz"),
        ("typed behind one", f"Talks {words}"),
    ]:
        try:
            found[f"{name}, as hours"] = type_hours(text)[0]
        except ValueError:
            found[f"{name}, as hours"] = ""
        found[f"{name}, as a line"] = understand(text).start or ""
        found[f"{name}, at the end"] = next((hours[0] for _, hours in split_hours(text)), "")
        found[f"{name}, in a paper"] = hours_said(hours_of(text)[0])[0]
    return found


@given(told())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_told_hour_is_read_as_itself_or_not_at_all(case: tuple[str, str]) -> None:
    hour, words = case
    assert {reader: start for reader, start in starts(words).items() if start not in ("", hour)} == {}, words


@given(
    told(), told(), st.sampled_from(["{}-{}", "{} – {}", "{} bis {}", "{} to {}", "{}至{}", "{} a {}", "{} alle {}"])
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_told_span_begins_and_ends_as_told(first: tuple[str, str], last: tuple[str, str], form: str) -> None:
    said = form.format(first[1], last[1])
    try:
        assert type_hours(said) == (first[0], last[0]), said
    except ValueError:
        return


@pytest.mark.parametrize("words", NOON)
def test_noon_is_told_by_a_word(words: str) -> None:
    assert type_hours(words) == ("12:00", None)
    assert understand(f"{words} lunch").start == "12:00"


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("7 Uhr abends", ("19:00", None)),
        ("7:30 de la tarde", ("19:30", None)),
        ("8 h du soir", ("20:00", None)),
        ("晚7点", ("19:00", None)),
        ("早8点", ("08:00", None)),
        ("早晨8点", ("08:00", None)),
        ("下午3点半", ("15:30", None)),
        ("20:00-24:00", ("20:00", "00:00")),
        ("20:00 bis Mitternacht", ("20:00", "00:00")),
        ("7 bis 9 Uhr abends", ("19:00", "21:00")),
    ],
)
def test_hours_that_were_read_wrongly_once(words: str, hours: tuple[str, str | None]) -> None:
    assert type_hours(words) == hours
    assert hours_said(hours_of(f"{words} Xyz")[0]) == (hours[0], hours[1] or "", "")
    line = understand(f"{words} Xyz")
    assert (line.start, line.end) == hours
    assert dict(line.title or {}) == {"en": "Xyz"}
    assert line.next_day is (hours[1] == "00:00")


@pytest.mark.parametrize(
    "words", ["下午10点", "10:00 nachmittags", "15:30 in the morning", "13 Uhr morgens", "half 8", "24:00", "halb 1"]
)
def test_a_part_of_the_day_without_such_an_hour_leaves_the_hour_open(words: str) -> None:
    assert set(starts(words).values()) == {""}
