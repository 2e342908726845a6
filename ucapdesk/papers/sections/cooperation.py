"""The sections about the cooperation behind a visit: the UCAP on its own page, themes and projects, and the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Cell, Event, Section, Timeline
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.ucap_kinds import PilotProject, RoadMapStep, Theme, Ucap, UcapSide
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.lateness import due_by
from ucapdesk.model.rules.status import is_called_off, is_open
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.documents.mous import parties_of
from ucapdesk.papers.glance_section import glance_section, goals_of
from ucapdesk.papers.paper_parts import cell, column, label, section, table
from ucapdesk.papers.paper_sides import names_of, sides_of
from ucapdesk.papers.paper_words import combined, joined, listed, of_code, of_date, of_text
from ucapdesk.papers.record_parts import name_of, place_name, value_of
from ucapdesk.papers.visit_facts import VisitFacts, begins_at

VISITED, MET, AGREED, PAIRED = "●", "■", "◆", "○"


def ucap(of: VisitFacts) -> list[Section]:
    """Return the page "at a glance" of each UCAP of the visit, in the order of its form; for the media without meetings that are not public."""
    found: list[Section] = []
    public = {meeting.id for meeting in of.meetings} if of.for_press else None
    for each in of.ucaps:
        section = glance_section(of.reader, each, of.request.languages, public)
        heading = of_text(each.title) if len(of.ucaps) > 1 else None
        found.append(replace(section, heading=heading, level=2 if heading else 1, new_page=bool(found)))
    return [Section(()), *found] if len(of.ucaps) > 1 else found


# -- themes and projects --------------------------------------------------------------------------


def projects(of: VisitFacts) -> list[Section]:
    """Return each theme with its goals and partnerships, and its pilot projects: status, next step, responsible person."""
    columns = (
        column(Message("paper", "Theme and pilot projects"), 74, split=True),
        column(Message("paper", "Status"), 26),
        column(Message("paper", "Next step"), 38),
        column(Message("paper", "Responsible"), 30),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in of.ucaps:
        themes = of.reader.children(Theme, each.id)
        for theme in themes:
            rows.append(_theme_row(theme))
            rows += [_project_row(of, p) for p in of.projects if p.ucap == each.id and theme.id in (p.themes or ())]
        known = {theme.id for theme in themes}
        rows += [_project_row(of, p) for p in of.projects if p.ucap == each.id and known.isdisjoint(p.themes or ())]
    return section(table(columns, rows))


def _theme_row(theme: Theme) -> tuple[Cell, ...]:
    """Return the theme with its goals and partnerships below it."""
    sdgs = Words.plain(", ".join(f"SDG {goal}" for goal in goals_of(theme)))
    links = listed([sdgs, *(of_code("partnerships", code) for code in theme.partnerships or ())])
    below = (Para(links, "note", close=True),) if not links.empty else ()
    return (Para(of_text(theme.name), "lead"), *below), (), (), ()


def _project_row(of: VisitFacts, project: PilotProject) -> tuple[Cell, ...]:
    steps = [step for step in of.reader.children(RoadMapStep, project.id) if is_open(step)]
    following = min(steps, key=due_by, default=None)
    step = joined(of_text(following.title), of_date(following.due)) if following else NO_WORDS
    status = of_code("pilot_project_status", project.status)
    name = (Para(of_text(project.title), mark="–"),)
    return (name, cell(status), cell(step), cell(value_of(of.reader, project, "responsible")))


# -- history --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Past:
    """An event with its days, by which it sorts; ``planned``: it has not happened yet."""

    days: tuple[str, str]
    event: Event
    planned: bool = False


def past(date: PartialDate | None, kind: Message, title: Words, shape: str, more: Words = NO_WORDS) -> Past:
    """Return something that happened; what is ``more`` stands under it."""
    below = () if more.empty else (Para(more, "note"),)
    return Past(date.bounds if date else ("", ""), Event(of_date(date), title, below, kind=label(kind), shape=shape))


def history(of: VisitFacts) -> list[Section]:
    """Return pairing, visits, meetings and agreements of the UCAPs before this visit, by time, as precise as they are known."""
    found = [each for ucap in of.ucaps for each in _events(of, ucap) if "" < each.days[0] <= of.begins]
    found.sort(key=lambda each: each.days)
    return [Section((Timeline(tuple(each.event for each in found)),))] if found else []


def _events(of: VisitFacts, ucap: Ucap) -> list[Past]:
    reader = of.reader
    named = sides_of(reader, ucap)
    sides = reader.children(UcapSide, ucap.id)
    paired = grouped((side.pairing_signed, names_of(named, side.side or "")) for side in sides)
    signed = Message("paper", "Pairing agreement signed")
    found = [past(date, signed, combined(who, _joined_by_dash), PAIRED) for date, who in paired.items()]
    for visit in reader.linked(Visit, "dates", ucaps=ucap.id):
        if visit.id != of.visit.id and not is_called_off(visit):
            where = listed(place_name(place) for place in reader.all(Place, visit.host_places))
            found.append(past(visit.dates, Message("paper", "Visit"), of_text(visit.title), VISITED, where))
    for meeting in sorted(reader.linked(Meeting, ucap=ucap.id), key=begins_at):
        if meeting.visit != of.visit.id and not is_called_off(meeting):
            day = meeting.when.day if meeting.when else None
            where = listed(place_name(place) for place in reader.all(Place, meeting.places))
            found.append(past(day, Message("paper", "Meeting"), name_of(meeting), MET, where))
    for agreement in reader.linked(Agreement, "sort_en", ucap=ucap.id):
        if not agreement.placeholder:
            title, who = name_of(agreement), parties_of(reader, agreement)
            found.append(past(agreement.signed, Message("paper", "Signed"), title, AGREED, who))
    return found


def _joined_by_dash(said: Sequence[str], lang: str) -> str:
    return ("—" if lang == "zh" else " – ").join(said)
