"""Makes papers of the family as others might write them, each from a seed, with the facts that are in them.

Other cities, labels of five languages, any order of rows and sides, dates and numbers as people write them, merged cells,
a column for each city, contacts in a row each or in one, as Word, text, web page and Markdown.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import docx
from babel.dates import get_month_names

from tests.helpers.paper_facts import Fact
from ucapdesk.model.codes import code_label, codes

CHINESE = [("Baoding", "Hebei, China"), ("Xiangyang", "Hubei, China"), ("Leshan", "Sichuan, China"), ("Weifang", "Shandong, China"),
           ("Pune", "Maharashtra, India"), ("Bhopal", "Madhya Pradesh, India"), ("Zibo", "Shandong, P.R. China")]  # fmt: skip
EUROPEAN = [("Gdynia", "Pomerania, Poland"), ("Turku", "Southwest Finland, Finland"), ("Porto", "Norte, Portugal"),
            ("Cluj-Napoca", "Cluj, Romania"), ("Saint-Étienne", "Auvergne-Rhône-Alpes, France"), ("Graz", "Styria, Austria"),
            ("Aarhus", "Central Denmark, Denmark"), ("L’Aquila", "Abruzzo, Italy")]  # fmt: skip
THEMES = [("Smart mobility", ["Tram priority lights", "Shared bicycles"]), ("Circular economy", ["Sorting of waste in schools"]),
          ("Water management", ["Sponge park at the river", "Leak detection"]), ("Urban regeneration", ["Reuse of a textile mill"]),
          ("Health and Ageing", ["Day care for the elderly"]), ("Food", ["Short supply chains", "School meals"])]  # fmt: skip
PARTNERSHIPS = ["urban_mobility", "circular_economy", "digital_transition", "energy_transition"]
RESULTS = ["Less traffic in the old town", "A joint training centre", "Two pilot districts", "Cleaner air"]
NAMES_A = ["WANG Xiaoming", "LI Na", "Zhao Jun", "CHEN Lihua"]
NAMES_B = ["Anna Kowalska", "Mikko Virtanen", "João da Silva", "Marie-Claire Dubois", "Hans Gruber"]
POSTS = ["Head of International Relations", "Deputy Director", "Project Manager", "Chief Engineer"]
LANGS = ("en", "en", "en", "es", "it", "de", "zh")


@dataclass(slots=True)
class MadePaper:
    """A paper as rows, with what a person would record of it."""

    title: str
    rows: list[tuple[str, list[str]]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


class PaperMaker:
    """Makes one paper."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.lang = self.random.choice(LANGS)
        self.american = self.lang == "en" and self.random.random() < 0.3
        self.a, self.b = self.random.choice(CHINESE), self.random.choice(EUROPEAN)
        self.swapped = self.random.random() < 0.3
        self.paper = MadePaper(f"Urban Cooperation Action Plan at a Glance: {self.a[0]} – {self.b[0]}")

    def make(self) -> MadePaper:
        sides = [self._cities, self._population, self._area, self._pairing, self._visits]
        whole = [self._themes, self._objective, self._challenges, self._activities, self._results, self._contacts]
        first, *rest = sides
        self.random.shuffle(rest)
        self.random.shuffle(whole)
        first()
        self._countries()
        for make in [*rest, *whole]:
            make()
        return self.paper

    # -- words ------------------------------------------------------------------------------------

    def _label(self, key: str) -> str:
        code = codes("labels")[key]
        latin = [alias for alias in code.facts["aliases"] if alias.isascii()][:6]
        said = self.random.choice([code.labels["en"], *latin]) if self.lang == "en" else code.labels[self.lang]
        if self.lang != "zh":
            said = self.random.choice([said, said, said.upper(), f"{said}:", f"{self.random.randint(1, 9)}. {said}"])
        return said

    def _row(self, key: str, *cells: str) -> None:
        shown = list(cells)
        if len(shown) == 2 and self.swapped:
            shown.reverse()
        self.paper.rows.append((self._label(key), shown))

    def _fact(self, *fact: str) -> None:
        self.paper.facts.append(fact)

    def _month(self, month: int) -> str:
        return f"{month}月" if self.lang == "zh" else str(get_month_names("wide", "format", self.lang)[month])

    def _said(self, first: date, last: date) -> str:
        m, n = self._month(first.month), self._month(last.month)
        same = first.month == last.month
        match self.lang:
            case "zh":
                return f"{first.year}年{m}{first.day}日至{'' if same else n}{last.day}日"
            case "es":
                start = f"{first.day}" if same else f"{first.day} de {m}"
                return f"del {start} al {last.day} de {n} de {last.year}"
            case "it":
                return f"dal {first.day}{'' if same else ' ' + m} al {last.day} {n} {last.year}"
            case "de":
                return f"{first.day}.{'' if same else ' ' + m} bis {last.day}. {n} {last.year}"
        if self.american:
            return (
                f"{m} {first.day}-{last.day}, {last.year}" if same else f"{m} {first.day} – {n} {last.day}, {last.year}"
            )
        dash = self.random.choice(["–", " to ", " - ", "-"])
        return (
            f"{first.day}{dash}{last.day} {n} {last.year}" if same else f"{first.day} {m} – {last.day} {n} {last.year}"
        )

    def _day(self, day: date) -> str:
        month = self._month(day.month)
        match self.lang:
            case "zh":
                return f"{day.year}年{month}{day.day}日"
            case "es":
                return f"{day.day} de {month} de {day.year}"
            case "de":
                return f"{day.day}. {month} {day.year}"
        return f"{month} {day.day}, {day.year}" if self.american else f"{day.day} {month} {day.year}"

    # -- rows -------------------------------------------------------------------------------------

    def _cities(self) -> None:
        self._row("cities", self.a[0], self.b[0])
        self._fact("city", "A", self.a[0])
        self._fact("city", "B", self.b[0])

    def _countries(self) -> None:
        self._row("state_country", self.a[1], self.b[1])
        self._fact("country", "A", self.a[1])
        self._fact("country", "B", self.b[1])

    def _population(self) -> None:
        cells = []
        for side in "AB":
            ten_thousands = self.random.randint(20, 2000)
            value = ten_thousands * 10_000
            comma = f"{value:,}"
            forms = {
                "zh": [f"{ten_thousands}万", comma],
                "en": [comma, f"{value / 1e6:g} million", f"{value / 1e6:g} mn", comma.replace(",", " ")],
            }
            dots = [
                comma.replace(",", "."),
                f"{value / 1e6:g} ".replace(".", ",")
                + {"es": "millones", "it": "milioni", "de": "Mio."}.get(self.lang, ""),
            ]
            year = self.random.choice([None, None, self.random.randint(2012, 2019)])
            cells.append(self.random.choice(forms.get(self.lang, dots)) + (f" ({year})" if year else ""))
            self._fact("pop", side, str(value))
            if year:
                self._fact("popyear", side, str(year))
        self._row("population", *cells)

    def _area(self) -> None:
        cells = []
        for side in "AB":
            value = self.random.randint(100, 20_000)
            grouped = f"{value:,}" if self.lang in ("en", "zh") else f"{value:,}".replace(",", ".")
            unit = {"zh": "平方公里", "en": self.random.choice([" km²", " km2", " sq. km"])}.get(self.lang, " km²")
            cells.append(
                self.random.choice([f"{grouped}{unit}", f"{value * 100} ha" if self.lang == "en" else f"{value}{unit}"])
            )
            self._fact("area", side, str(value))
        self._row("area", *cells)

    def _pairing(self) -> None:
        day = date(2018, 1, 13) + timedelta(self.random.randint(0, 600))
        said = self._day(day)
        self._row("pairing", *([said] if self.random.random() < 0.2 else [said, said]))
        for side in "AB":
            self._fact("pairing", side, day.isoformat())

    def _visits(self) -> None:
        cells = []
        for side, (guest, host) in {"A": (self.a[0], self.b[0]), "B": (self.b[0], self.a[0])}.items():
            first = date(
                2019,
                self.random.randint(1, 6) if side == "A" else self.random.randint(7, 12),
                self.random.randint(1, 26),
            )
            last = first + timedelta(self.random.randint(1, 5))
            edtf = f"{first.isoformat()}/{last.isoformat()}"
            words = {"zh": "访问", "es": "en", "it": "a", "de": "in"}.get(self.lang, "in")
            sign = self.random.choice([", ", ": ", " "]) if self.lang == "en" else ", "
            cells.append(
                f"{guest}{words}{host}，{self._said(first, last)}"
                if self.lang == "zh"
                else f"{guest} {words} {host}{sign}{self._said(first, last)}"
            )
            self._fact("visit", side, edtf)
            self._fact("visit-host", edtf, host)
        if self.random.random() < 0.3:
            for at, cell in enumerate(cells):
                self._row("visits", *[cell if n == at else "" for n in (0, 1)])
        else:
            self._row("visits", *cells)

    def _themes(self) -> None:
        lines = []
        for name, projects in self.random.sample(THEMES, self.random.randint(2, 4)):
            goals = self.random.sample(range(1, 18), self.random.randint(1, 2))
            code = self.random.choice([None, *PARTNERSHIPS])
            said = self.random.choice([" and ", ", ", " & "]).join(map(str, goals))
            with_code = f"; EU UP {code_label('partnerships', code, 'en')}" if code else ""
            joint = self.random.choice(["; ", ". "])
            lines.append(f"{name}: {joint.join(projects)} (SDG {said}{with_code})")
            self._fact("theme", name)
            for goal in goals:
                self._fact("sdg", name, str(goal))
            if code:
                self._fact("up", name, code)
            for project in projects:
                self._fact("project", project)
        self._row("themes", self.random.choice(["\n", " ", "\n→ "]).join(lines))

    def _objective(self) -> None:
        said = f"Learn from each other for the people of {self.a[0]} and {self.b[0]}"
        self._row("objective", said)
        self._fact("objective", said)

    def _challenges(self) -> None:
        self._row("challenges", "Traffic; ageing of the population")
        self._fact("challenges", "Traffic; ageing of the population")

    def _activities(self) -> None:
        lines, start = [], date(2019, 1, 10)
        words = ["First", "Second", "Third"]
        numbered = self.random.random() < 0.8
        for number in range(1, self.random.randint(2, 3) + 1):
            start += timedelta(self.random.randint(40, 200))
            place = self.random.choice([self.a[0], self.b[0]])
            ordinal = self.random.choice(
                [f"{number}{['st', 'nd', 'rd'][number - 1]} meeting", f"{words[number - 1]} meeting"]
            )
            people = self.random.choice([None, self.random.randint(12, 90)])
            tail = f" Forum ({people} participants)." if people else ""
            head = f"{ordinal}, {self._day(start)} ({place})" if numbered else f"{self._day(start)} ({place})"
            lines.append(f"{head}: Talks with the city.{tail}")
            key = str(number) if numbered else "-"
            self._fact("meeting", key, start.isoformat())
            if numbered:
                self._fact("meeting-place", key, place)
            if people:
                self._fact("people", str(people))
        self._row("activities", self.random.choice(["\n", "\n→ "]).join(lines))

    def _results(self) -> None:
        items = self.random.sample(RESULTS, 2)
        self._row("results", self.random.choice(["\n", "\n→ "]).join(items))
        for item in items:
            self._fact("result", item)

    def _contacts(self) -> None:
        one = self.random.random() < 0.4
        told = []
        for side, (city, names) in {"A": (self.a[0], NAMES_A), "B": (self.b[0], NAMES_B)}.items():
            name = self.random.choice(names)
            post = self.random.choice([None, *POSTS])
            mail = self.random.choice(
                [None, f"office{self.random.randint(1, 99)}@{city.lower().replace('’', '')}.example".replace("é", "e")]
            )
            title = self.random.choice(["Mr ", "Ms ", "Ms. "])
            place = city if one or self.random.random() < 0.3 else ""
            told.append(f"{title}{name}" + "".join(f", {part}" for part in (post, place, mail) if part))
            words = name.split()
            given_first = name if side == "B" else f"{words[1]} {words[0].title()}"
            self._fact("person", given_first)
            self._fact("person-side", given_first, side)
            self._fact("person-city", given_first, city)
            if mail:
                self._fact("email", mail)
            if post:
                self._fact("post", words[0].title() if side == "A" else "")
        if one:
            self._row("contacts", "; ".join(told))
        else:
            for (city, _), said in zip((self.a, self.b), told, strict=True):
                self.paper.rows.append((f"{city} contact person", [said]))


def write(paper: MadePaper, folder: Path, kind: str) -> Path:
    """Write a paper as a file of a kind: docx, txt, html or md."""
    path = folder / f"paper.{kind}"
    if kind == "docx":
        _write_word(paper, path)
    elif kind == "txt":
        rows = (
            "\t".join([label, *(cell.replace("\n", " → ") for cell in cells), *[""] * (2 - len(cells))])
            for label, cells in paper.rows
        )
        path.write_text("\n".join([paper.title, *rows]), "utf-8")
    elif kind == "html":
        path.write_text("".join(_page(paper)), "utf-8")
    else:
        rows = (
            f"| {label} | {' | '.join(cell.replace(chr(10), '<br>') for cell in [*cells, ''][:2])} |"
            for label, cells in paper.rows
        )
        path.write_text("\n".join([f"# {paper.title}", "", "| | | |", "|---|---|---|", *rows]), "utf-8")
    return path


def _page(paper: MadePaper) -> Iterator[str]:
    yield f"<html><body><h1>{html.escape(paper.title)}</h1><table>"
    for label, cells in paper.rows:
        span = ' colspan="2"' if len(cells) == 1 else ""
        shown = "".join(f"<td{span}>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in cells)
        yield f"<tr><th>{html.escape(label)}</th>{shown}</tr>"
    yield "</table></body></html>"


def _write_word(paper: MadePaper, path: Path) -> None:
    document = docx.Document()
    document.add_heading(paper.title)
    table = document.add_table(rows=0, cols=3)
    for label, cells in paper.rows:
        made = table.add_row().cells
        made[0].text = label
        if len(cells) == 1:
            made[1].merge(made[2]).text = cells[0]
        else:
            made[1].text, made[2].text = cells
    document.save(str(path))
