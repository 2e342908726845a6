"""A bilingual pack of some fifty pages with contents and embedded fonts: ours, Typst, WeasyPrint and fpdf2.

Each engine sets the same text in two columns, cold: a fresh process, imports and loading of fonts counted. It is time of the
processor, since what else the computer does is not in it.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

ENGLISH = [
    "urban",
    "mobility",
    "energy",
    "round",
    "table",
    "visit",
    "delegation",
    "mayor",
    "water",
    "waste",
    "digital",
    "heritage",
    "pilot",
    "project",
    "signing",
    "review",
    "hydrogen",
    "buses",
    "carbon",
    "district",
    "planning",
    "exchange",
    "forum",
    "university",
    "research",
    "industry",
    "tourism",
    "culture",
]
CHINESE = [
    "城市",
    "交通",
    "能源",
    "圆桌会议",
    "访问",
    "代表团",
    "市长",
    "水务",
    "数字化",
    "遗产",
    "试点",
    "项目",
    "签约",
    "评审",
    "氢能",
    "公交",
    "低碳",
    "园区",
    "规划",
    "交流",
    "论坛",
    "大学",
    "研究",
    "产业",
    "旅游",
    "文化",
    "青年",
    "健康",
    "创新",
    "柳州市",
]
FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
ROUNDS = 3
Section = tuple[str, str, list[tuple[str, str]]]


def pack(seed: int = 2) -> list[Section]:
    """Headings and pairs of paragraphs, the same for every engine."""
    chance = random.Random(seed)

    def english(words: int) -> str:
        return " ".join(chance.choices(ENGLISH, k=words)).capitalize()

    def chinese(words: int) -> str:
        return "".join(chance.choices(CHINESE, k=words))

    def pair() -> tuple[str, str]:
        sentences = [(english(14), chinese(11)) for _ in range(3)]
        first = " ".join(f"{en}, EUR {n}5,000 on {n} June 2026." for n, (en, _) in enumerate(sentences, 1))
        return first, "".join(f"{zh}，2026年6月{n}日，{n}5,000欧元。" for n, (_, zh) in enumerate(sentences, 1))

    return [(english(4), chinese(3), [pair() for _ in range(16)]) for _ in range(17)]


def ours(sections: list[Section]) -> bytes:
    """Our own typesetting."""
    from ucapdesk.briefing.blocks.content import Contents, Meta, Paper, Text
    from ucapdesk.briefing.blocks.content import Section as Part
    from ucapdesk.briefing.blocks.elements import Para, Words
    from ucapdesk.briefing.pages.render import render

    def both(en: str, zh: str) -> Words:
        return Words({"en": en, "zh": zh})

    title = both("Pack", "访问手册")
    meta = Meta(title, both("Internal", "内部"), "v1", datetime(2026, 6, 1, tzinfo=UTC), "Bench")
    parts = [Part((Contents(),), both("Contents", "目录"), "0")]
    for n, (en, zh, pairs) in enumerate(sections, 1):
        parts.append(Part((Text(tuple(Para(both(*pair)) for pair in pairs)),), both(en, zh), str(n)))
    target = BytesIO()
    render(Paper(title, ("en", "zh"), meta, tuple(parts)), target)
    return target.getvalue()


def typst(sections: list[Section]) -> bytes:
    """The same in Typst."""
    import typst as engine

    def cell(text: str) -> str:
        return "#" + json.dumps(text, ensure_ascii=False)

    source = [
        '#set page("a4", margin: (x: 21mm, y: 21mm), numbering: "1 / 1")',
        '#set text(font: ("Noto Sans", "Noto Sans SC"), size: 9.5pt)\n#set par(leading: 0.8em, justify: true)\n#outline()',
    ]
    for en, zh, pairs in sections:
        cells = ", ".join(f"[{cell(a)}], [{cell(b)}]" for a, b in pairs)
        source.append(f"= {cell(en)} {cell(zh)}\n#grid(columns: (86fr, 76fr), gutter: 4mm, {cells})")
    made = engine.compile("\n".join(source).encode(), font_paths=[str(FONTS)], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def weasyprint(sections: list[Section]) -> bytes:
    """The same in HTML by WeasyPrint."""
    import weasyprint as engine

    faces = "".join(
        f"@font-face{{font-family:{family};src:url('{(FONTS / file).as_uri()}')}}"
        for family, file in (("L", "NotoSans-Regular.ttf"), ("C", "NotoSansSC-Regular.ttf"))
    )
    style = (
        f"{faces}@page{{size:A4;margin:21mm;@bottom-right{{content:counter(page) ' / ' counter(pages)}}}}"
        "body{font:9.5pt/14pt L,C} table{width:100%;border-spacing:2mm} td{vertical-align:top;width:50%}"
        "a::after{content:' ' target-counter(attr(href),page)}"
    )
    contents = "".join(f"<p><a href='#s{n}'>{escape(en)} {zh}</a>" for n, (en, zh, _) in enumerate(sections))
    body = "".join(
        f"<h1 id=s{n}>{escape(en)} {zh}</h1><table>"
        + "".join(f"<tr><td lang=en>{escape(a)}<td lang=zh>{b}" for a, b in pairs)
        + "</table>"
        for n, (en, zh, pairs) in enumerate(sections)
    )
    made: bytes = engine.HTML(string=f"<meta charset=utf-8><style>{style}</style>{contents}{body}").write_pdf()
    return made


def fpdf2(sections: list[Section]) -> bytes:
    """The same by fpdf2, in a table of two columns."""
    from fpdf import FPDF

    document = FPDF()
    document.set_auto_page_break(True, 20)
    document.add_font("L", fname=FONTS / "NotoSans-Regular.ttf")
    document.add_font("C", fname=FONTS / "NotoSansSC-Regular.ttf")
    document.set_fallback_fonts(["C"])
    document.set_font("L", size=9.5)
    document.add_page()
    document.insert_toc_placeholder(
        lambda pdf, outline: [pdf.cell(0, 6, e.name, new_x="LMARGIN", new_y="NEXT") for e in outline]
    )
    for en, zh, pairs in sections:
        document.start_section(f"{en} {zh}")
        document.multi_cell(0, 8, f"{en} {zh}", new_x="LMARGIN", new_y="NEXT")
        with document.table(
            borders_layout="NONE", first_row_as_headings=False, line_height=4.9, text_align="LEFT"
        ) as table:
            for pair in pairs:
                table.row(pair)
    return bytes(document.output())


ENGINES: dict[str, Callable[[list[Section]], bytes]] = {
    "ours": ours,
    "Typst": typst,
    "WeasyPrint": weasyprint,
    "fpdf2": fpdf2,
}


def timed(engine: str) -> None:
    """Print seconds, pages and bytes of one engine; called in a process of its own."""
    sections = pack()
    begin = process_time()
    made = ENGINES[engine](sections)
    seconds = process_time() - begin
    import pypdfium2

    document = pypdfium2.PdfDocument(made)
    if engine in ("ours", "Typst"):  # both with tags: contents that can be heard cost time
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    print("\0" + json.dumps([seconds, len(document), len(made)]))


def growing() -> None:
    """Print milliseconds a page of one pack and of four in one paper, fonts loaded; called in a process of its own."""
    import pypdfium2

    found = []
    ours(pack(1))
    for copies in (1, 4):
        sections = [section for seed in range(copies) for section in pack(2 + seed)]
        begin = process_time()
        made = ours(sections)
        seconds = process_time() - begin
        pages = len(pypdfium2.PdfDocument(made))
        found.append([1000 * seconds / pages, pages])
    print("\0" + json.dumps(found))


def _growth() -> dict[str, Any]:
    """A page of a long paper takes no longer than a page of a short one."""
    code = "from benchmarks.page import growing; growing()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (short, few), (long, many) = json.loads(done.stdout.rpartition("\0")[2])
    return {
        "what": f"a page of a pack of {many}",
        "ours": long,
        "unit": "ms",
        "peer_name": f"a page of a pack of {few}",
        "peer": short,
        "ratio": long / short,
        "keep": "≤ 1.3 ×: grows linearly",
    }


def _best(engine: str) -> tuple[float, int, int] | None:
    """The best of some rounds; None where the engine is not installed or fails."""
    code = f"from benchmarks.page import timed; timed({engine!r})"
    best: tuple[float, int, int] | None = None
    for _ in range(ROUNDS if engine in ("ours", "Typst") else 1):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(f"{engine}: {done.stderr[-600:]}\n")
            return None
        figures: tuple[float, int, int] = tuple(json.loads(done.stdout.rpartition("\0")[2]))
        best = min(best, figures) if best else figures
    return best


def run() -> list[dict[str, Any]]:
    """Seconds for one page, because the engines make different numbers of pages of the same text."""
    mine = _best("ours")
    assert mine is not None
    rows = [_growth()]
    for engine in ENGINES:
        peer = _best(engine) if engine != "ours" else None
        if peer is None:
            continue
        rows.append(
            {
                "what": f"pack of {mine[1]} pages with contents and tags, fonts included",
                "ours": mine[0],
                "unit": "s",
                "peer_name": f"{engine} ({peer[1]} pages)",
                "peer": peer[0],
                "ratio": mine[0] / peer[0],
                "keep": "≤ 1.0 s; ahead of WeasyPrint and fpdf2" if engine != "Typst" else "≤ 0.8 ×, both with tags",
                "note": f"ours {mine[2] // 1024} kB, {engine} {peer[2] // 1024} kB; cold, imports counted, time of the processor",
            }
        )
    return rows
