"""Reads the cooperation themes: ``Name: project. Project (SDG 9&11, EU UP Urban Mobility) Next name: …``.

What is told of a theme in several cells, lines or words is put into one such line first. Partnerships are those of the Urban
Agenda for the EU, by their names as papers write them, and by the words typical of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ucapdesk.formats.paper_contents import Notes, PaperTheme, PartnershipRef, SdgRef
from ucapdesk.formats.phrases.small_texts import BULLET, SUB_BULLET, brackets, bulleted, inside, split_outside, squash
from ucapdesk.model.codes import code_label, codes

_PREFIX = re.compile(
    r"^\s*(?:欧盟|(?:EU|UE|European(?: Union)?|the|de la UE|dell’UE|der EU)\b[\s-]*)*"
    r"(?:(?:UAEU|UA|Urban|Städte|城市议程|城市)?[\s-]*"
    r"(?:Partnerships?|Agenda|Partnerschaft|Partenariado|Partenariato|Partenariat|Parceria|伙伴关系|议程)(?!\w)"
    r"(?:\s+(?:for the EU|de la UE|de l[’']UE|dell[’']UE|der EU|da UE|on|for|de|del|della|per|su|für|zu|Urbana|urbana)(?!\w))*"
    r"(?:\s+Partnerships?(?:\s+(?:on|for))?)?|(?:UAEU|UA)\b)?"
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


_GOALS = r"(?:(?:UN\s+)?(?:SDGs?|SGDs?|GSDs?|ODS|OSS|ODD)|(?:UN\s+)?Sustainable Development Goals?|可持续发展目标)"
_AGENDA = (
    r"(?:(?:EU\s+)?(?:UP|UA|UAEU)\b|EU Urban\b|(?:EU\s+)?Urban (?:Agenda|Partnership)|(?:EU-?)?(?:Städteagenda|Partnerschaft)\b|Agenda Urbana|"
    r"Partenariado|Partenariato|Partenariat|Parceria|欧盟城市)"
)
_LINE_OF_REFERENCES = re.compile(
    rf"^(?!\W*[(（][^()（）]*[)）]\s*\w)\W*(?:{_GOALS}\W{{0,4}}\d|{_AGENDA})", re.IGNORECASE
)
_BEHIND = re.compile(rf"\s*(?:[–—|,;:.，；。-]\s*|\s)(?P<said>{_GOALS}\W{{0,3}}\d[^()（）\n]*)$", re.IGNORECASE)
_BRACKETED = re.compile(rf"[(（\[][^()（）\[]*(?:{_GOALS}|{_AGENDA})", re.IGNORECASE)
_NUMBERED_LABEL = re.compile(r"\d|[①-⑩]|[一二三四五六七八九十]$")


def theme_of_cells(label: str, cells: Sequence[str]) -> str | None:
    """Return the theme of a row whose cells are its name, its projects and its goals; None for any other row."""
    said = list(dict.fromkeys(cell for cell in cells if squash(cell)))
    if len(said) < 2 or len(squash(said[0])) > 80 or "\n" in said[0].strip() or re.search("[:：]", said[0]):
        return None
    told = any(_LINE_OF_REFERENCES.match(line) or _BRACKETED.search(line) for line in _lines(said[1:]))
    if (not told and not _NUMBERED_LABEL.search(label)) or _BRACKETED.search(said[0]):
        return None
    return theme_line(said[0], said[1:])


def theme_line(name: str, told: Sequence[str]) -> str:
    projects: list[str] = []
    references: list[str] = []
    for line in _lines(told):
        (references if _LINE_OF_REFERENCES.match(line) else projects).append(line.strip(" ,;；，"))
    bracket = f" ({', '.join(references)})" if references else ""
    return f"{squash(name)}: {'; '.join(projects)}{bracket}" if projects else f"{squash(name)}{bracket}"


def _lines(cells: Sequence[str]) -> list[str]:
    return [line for cell in cells for part in cell.split("\n") if (line := squash(part).lstrip("→•-– "))]


_FIRST_LEVEL = re.compile(
    r"\s*(?:[→•▪■]|[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)）]|\d{1,2}、|[一二三四五六七八九十]{1,2}、)\s*"
)
_SECOND_LEVEL = re.compile(r"\s*(?:[○◦▫]|o\s)\s*")
_DASHED = re.compile(r"\s*[-–—*·•→▪]\s+")


def grouped(text: str) -> str:
    """Return a text in which the items below the name of a theme stand behind it: each theme is one line."""
    lines = [line for line in text.split("\n") if squash(line)]
    if len(lines) < 2 or (_DASHED.match(lines[0]) and not any(map(_SECOND_LEVEL.match, lines))):
        return text
    below = _SECOND_LEVEL if any(map(_SECOND_LEVEL.match, lines)) else _DASHED
    made: list[tuple[str, list[str]]] = []
    for line in lines:
        if made and (mark := below.match(line)):
            made[-1][1].append(line[mark.end() :])
        else:
            made.append((line, []))
    if not any(items for _, items in made) or len(made[0][0]) > 120:
        return text
    return "\n".join(_with_items(name, items) if items else name for name, items in made)


def _with_items(line: str, items: Sequence[str]) -> str:
    mark = _FIRST_LEVEL.match(line)
    name = line[mark.end() :] if mark else line
    if re.search("[:：].*\\w", name) or _BRACKETED.search(name):
        return "; ".join([line.rstrip(" .;"), *items])
    return f"→ {theme_line(name.rstrip(' :：'), items)}"


def bracketed(text: str) -> str:
    """Return the text of themes with the references in brackets that stand on a line of their own, or behind a dash."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _LINE_OF_REFERENCES.match(line) and re.search(r"\w", lines[-1]):
            said = squash(line).lstrip("→•-–( ").rstrip(")")
            above = lines[-1].rstrip()
            opened = above.endswith(")") and _BRACKETED.search(above)
            lines[-1] = f"{above[:-1]}, {said})" if opened else f"{lines[-1]} ({said})"
        elif (behind := _BEHIND.search(line)) and not _BRACKETED.search(line) and _only_references(behind["said"]):
            lines.append(f"{line[: behind.start()]} ({squash(behind['said']).rstrip(' .;；。')})")
        else:
            lines.append(line)
    return "\n".join(lines)


def _only_references(text: str) -> bool:
    rest = re.sub(rf"{_GOALS}|\d+|(?<!\w)(?:and|y|e|und|&|和|及)(?!\w)", " ", text, flags=re.IGNORECASE)
    parts = split_outside(rest, r"[,;|，；、/]|\s[–—-]\s")
    return all(code_of(part) or not re.search(r"\w", part) for part in parts)


_GOAL = r"\d+(?:\.[\da-d]{1,2}\b)?"  # with its target, 11.b
_SDG = re.compile(
    r"(?P<word>\bSDGs?|\bSGDs?|\bGSDs?|\bODS|\bOSS|\bODD|\bGoals?|\bZiele?|\bObjetivos?|可持续发展目标|目标)"
    r"(?P<space>\s*(?:No\.?)?\s*)"
    rf"(?P<numbers>{_GOAL}(?:"  # 7, 11.2 and SDG 13
    r"(?:\s*(?:&|\band\b|\by\b|\be\b|\bet\b|\bund\b|,|;|/|\+|-|–|、|和|，)\s*|\s+)"
    rf"(?:(?:SDG|SGD|ODS|OSS|ODD|可持续发展目标|目标)\s*)?{_GOAL}(?!\d))*)(?!\d)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\bS[DG]{2}s?\s*\d|\b(?:ODS|OSS|ODD)\s*\d|\bSustainable Development Goals?\s*\d|\bGoals?\s*\d|"
    r"\bEU\b|\bUE\b|\bUP\b|\bUA(?:EU)?\b|\bUrban (?:Partnership|Agenda)\b|"
    r"\bPartenariado\b|\bPartenariato\b|Partnerschaft\b|\bAgenda Urbana\b|"
    r"发展目标\s*\d|伙伴关系|城市议程",
    re.IGNORECASE,
)
_BULLETS = re.compile(f"{BULLET}|{SUB_BULLET}")


def sdgs_in(text: str, label: str, notes: Notes) -> tuple[tuple[SdgRef, ...], str]:
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


def themes_in(text: str, label: str, notes: Notes) -> tuple[PaperTheme, ...]:
    """Return all themes of a cell, in order."""
    themes: list[PaperTheme] = []
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


def _theme(order: int, body: str, references: list[str], label: str, notes: Notes) -> PaperTheme:
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
    return PaperTheme(order, name, named, tuple(sdgs), tuple(partnerships), tuple(references), print_)


def _check(theme: PaperTheme, references: int, label: str, notes: Notes) -> None:
    if references and (len(theme.projects) > 1 or references > 1):
        notes.add("references_open", label, theme=theme.name, projects=len(theme.projects), brackets=references)
    if not theme.projects:
        notes.add("no_project", label, theme=theme.name)


def _doubtful(themes: list[PaperTheme], label: str, notes: Notes) -> None:
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
