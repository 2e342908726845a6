"""Reads the cell of cooperation themes: ``Name: project. Project (SDG 9&11, EU UP Urban Mobility) Next name: …``."""

from __future__ import annotations

import re
from itertools import pairwise

from ucapdesk.formats.glance.glance_parts import PartnershipRef, SdgRef, Theme
from ucapdesk.formats.glance.list_marks import bulleted
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.partnerships import code_of, is_short, likely, name_of
from ucapdesk.formats.glance.text import BULLET, SUB_BULLET, brackets, inside, split_outside, squash
from ucapdesk.formats.glance.theme_lines import bracketed, grouped

_SDG = re.compile(
    r"(?P<word>\bSDGs?|\bSGDs?|\bGSDs?|\bODS|\bOSS|\bODD|\bGoals?|\bZiele?|\bObjetivos?|可持续发展目标|目标)(?P<space>\s*(?:No\.?)?\s*)"
    r"(?P<numbers>\d+(?:\.[\da-d]{1,2}\b)?(?:(?:\s*(?:&|\band\b|\by\b|\be\b|\bet\b|\bund\b|,|;|/|\+|-|–|、|和|，)\s*|\s+)(?:(?:SDG|SGD|ODS|OSS|ODD|可持续发展目标|目标)\s*)?\d+(?:\.[\da-d]{1,2}\b)?(?!\d))*)(?!\d)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\bS[DG]{2}s?\s*\d|\b(?:ODS|OSS|ODD)\s*\d|\bSustainable Development Goals?\s*\d|\bGoals?\s*\d|\bEU\b|\bUE\b|\bUP\b|\bUA(?:EU)?\b|\bUrban (?:Partnership|Agenda)\b|\bPartenariado\b|\bPartenariato\b|Partnerschaft\b|\bAgenda Urbana\b|"
    r"发展目标\s*\d|伙伴关系|城市议程",
    re.IGNORECASE,
)
_BULLETS = re.compile(f"{BULLET}|{SUB_BULLET}")


def sdgs_in(text: str, label: str, notes: Notes) -> tuple[tuple[SdgRef, ...], str]:
    """Return the references to goals in a text, and the rest of it."""
    refs = []
    for match in _SDG.finditer(text):
        print_, word = squash(match.group()), match["word"].upper()
        numbers = [int(number) for number in re.findall(r"(?<![\d.])\d+", match["numbers"])]
        goals = tuple(dict.fromkeys(n for n in numbers if 1 <= n <= 17))
        said, corrected = ", ".join(map(str, goals)), word.startswith(("SGD", "GSD"))
        refs.append(SdgRef(print_, goals))
        if len(goals) < len(set(numbers)):
            notes.add("sdg_unknown", label, print=print_)
        if corrected and goals:
            notes.add("sdg_misspelt", label, print=print_, goals=said)
        elif not match["space"] and goals:
            notes.add("sdg_unspaced", label, print=print_, goals=said)
        if len(goals) > 1 and not re.search(r"[A-Z]", match["numbers"]):
            notes.add("sdg_several", label, print=print_, goals=said)
    return tuple(refs), _SDG.sub(";", text)


def partnerships_in(text: str, label: str, notes: Notes) -> tuple[PartnershipRef, ...]:
    """Return the references to partnerships of the Urban Agenda in a text without goals."""
    refs = []
    for print_ in split_outside(text, r"[,;\n，；]"):
        print_ = print_.strip(" .:–—-&：、").removeprefix("and ").strip()
        code = code_of(print_)
        if not re.search(r"\w", print_):
            continue
        refs.append(PartnershipRef(print_, code))
        if code is None:
            notes.add("partnership_unknown", label, print=print_)
        elif is_short(print_):
            notes.add("partnership_short", label, print=print_, name=name_of(code))
    return tuple(refs)


def themes_in(text: str, label: str, notes: Notes) -> tuple[Theme, ...]:
    """Return all themes of a cell, in order."""
    themes: list[Theme] = []
    text = bracketed(bulleted(grouped(text)))
    for body, references in _chunks(text):
        themes.append(_theme(len(themes) + 1, body, references, label, notes))
        _check(themes[-1], len(references), label, notes)
    if len(themes) > 1 and "\n" not in text.strip() and not _BULLETS.search(text):
        notes.add("themes_run_on", label, n=len(themes))
    forms = dict.fromkeys(_form(ref.print) for theme in themes for ref in theme.partnerships)
    if len(forms) > 1:
        notes.add("partnership_forms", label, print=", ".join(f"“{form}”" for form in forms))
    _doubtful(themes, label, notes)
    return tuple(themes)


def _chunks(text: str) -> list[tuple[str, list[str]]]:
    """Return pairs of a theme's words and its brackets of references: a new theme begins after a reference bracket."""
    spans = [span for span in brackets(text) if _REFERENCE.search(text[slice(*span)])]
    chunks: list[tuple[str, list[str]]] = []
    last = 0
    if spans and not re.search(r"\w", text[: spans[0][0]]):  # each reference stands before its theme
        ends = [start for start, _ in spans[1:]] + [len(text)]
        return [
            (line, [inside(text[start:end])] if n == 0 else [])
            for (start, end), stop in zip(spans, ends, strict=True)
            for n, line in enumerate(_headed(text[end:stop]))
        ]
    for start, end in [*spans, (len(text), len(text))]:
        said = text[last:start]
        if chunks and re.match(r"\s*[:：]", said) and not re.search("[:：]", chunks[-1][0]):
            # The references stand behind the name of the theme, its projects behind them.
            body, references = chunks[-1]
            rest, *more = re.split(rf"\n|{BULLET}|{SUB_BULLET}", said)
            chunks[-1] = (squash(f"{body}{rest}"), references)
            said = "\n".join(more)
        goes_on = re.match(r"\s*[;,；，]", said) or (start == len(text) and not re.search("[:：]", said))
        lines = _headed(said)
        if chunks and lines and goes_on and not re.search("[:：]", lines[0]):
            body, references = chunks[-1]
            chunks[-1] = (squash(f"{body}{'' if re.match('[;；]', lines[0]) else ';'} {lines.pop(0)}"), references)
        for line in lines:
            chunks.append((line, []))
        if end > start:
            chunks[-1][1].append(inside(text[start:end]))
        last = end
    return chunks


def _headed(text: str) -> list[str]:
    """Split at bullets and paragraphs that begin a heading with a colon: they separate themes as well."""
    lines: list[str] = []
    for line in re.split(rf"\n|{BULLET}|{SUB_BULLET}", text):
        if re.search(r"\w", line):
            if lines and not re.search("[:：]", line):
                lines[-1] += " " + line
            else:
                lines.append(line)
    return [squash(line) for line in lines]


def _theme(order: int, body: str, references: list[str], label: str, notes: Notes) -> Theme:
    colon = re.search("[:：]", body) or re.search(r"\s[–—-]\s", body[:80])
    name, rest = (body[: colon.start()], body[colon.end() :]) if colon else (body, "")
    if not colon and (more := re.search("[;；]", body)):
        name, rest = body[: more.start()], body[more.end() :]
    name = re.sub(r"^\(?\d{1,2}[.)、]\s*", "", squash(name).strip(",;. →•；，"))
    projects = [part.strip(" .;,；，。") for part in re.split(r"\.\s+(?=[^\W\d_a-z])|[;；。]", rest)]
    sdgs: list[SdgRef] = []
    partnerships: list[PartnershipRef] = []
    for reference in references:
        goals, left = sdgs_in(reference, label, notes)
        sdgs += goals
        partnerships += partnerships_in(left, label, notes)
    print_ = squash(" ".join([body, *(f"({reference})" for reference in references)]))
    named = tuple(project for project in projects if re.search(r"\w", project))
    return Theme(order, name, named, tuple(sdgs), tuple(partnerships), tuple(references), print_)


def _check(theme: Theme, references: int, label: str, notes: Notes) -> None:
    if references and (len(theme.projects) > 1 or references > 1):
        notes.add("references_open", label, theme=theme.name, projects=len(theme.projects), brackets=references)
    if not theme.projects:
        notes.add("no_project", label, theme=theme.name)


def _doubtful(themes: list[Theme], label: str, notes: Notes) -> None:
    """Note a partnership repeated from the theme above that none of this theme's own words speaks for."""
    for before, theme in pairwise(themes):
        above = {ref.code for ref in before.partnerships if ref.code}
        for ref in theme.partnerships:
            if ref.code in above and not likely(ref.code, f"{theme.name} {' '.join(theme.projects)}"):
                notes.add("partnership_unlikely", label, print=ref.print, theme=theme.name)


def _form(print_: str) -> str:
    """Return the words before a partnership's own name."""
    match = re.match(r"(?:(?:EU|UAEU|UA)\s+)?(?:(?:Urban\s+)?Partnerships?\s*)?(?:\(?UP\)?)?\s*", print_)
    return squash(match.group()) if match else ""
