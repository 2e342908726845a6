r"""What stands in a document is read alike, whichever program of an office wrote it: Word, LibreOffice or TextEdit."""

from __future__ import annotations

import pytest

from tests.helpers.word_files import docx_of, odt_of, rtf_of, rtf_text
from ucapdesk.formats.blocks.block_types import BODY, Grid
from ucapdesk.formats.glance.glance_table import blocks_of


def _p(text: str, look: str = "") -> str:
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def _item(level: int, text: str) -> str:
    return _p(text, f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>')


def _tall(text: str, merge: str) -> str:
    return f'<w:tcPr><w:vMerge w:val="{merge}"/></w:tcPr>{_p(text)}'


def _open_row(*cells: str) -> str:
    made = (f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{''.join(made)}</table:table-row>"


def _rich_row(*cells: str) -> str:
    edges = "".join(f"\\cellx{2000 * (at + 1)}" for at in range(len(cells)))
    return rf"\trowd{edges}\pard\plain\intbl {''.join(f'{{{cell}' + chr(92) + 'cell }' for cell in cells)}\pard\intbl{{\trowd{edges}\row }}\pard "


def _mark(sign: str) -> str:
    return rf"{{\listtext\pard\plain\ltrpar \f3\fs24 \loch\af3\hich\f3 {sign}\tab}}"


NESTED = r"{\nonesttables\par }"
NESTED_ROW = rf"{{\*\nesttableprops\trowd\cellx1500\cellx2000\nestrow}}{NESTED}"
BOX = r"{\shp{\*\shpinst\shpleft1{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard\plain In a box\par " + _rich_row(
    "Fax", "12"
)
BOX += r"}}{\shprslt{\*\do{\dptxbx{\dptxbxtext \pard In a box\par }}}}}"
PAGES: dict[str, tuple[list[str], dict[str, bytes]]] = {
    "box": (["Before after", "Next", "box: In a box", "box: → Fax: 12"], {
        "docx": docx_of(
            "<w:p><w:r><w:t>Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
            f"{_p('In a box')}<w:tbl>{_row(_p('Fax'), _p('12'))}</w:tbl></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback>"
            f"<w:txbxContent>{_p('In a box')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
            f'<w:r><w:t xml:space="preserve">after</w:t></w:r></w:p>{_p("Next")}'
        ),
        "odt": odt_of(
            "<text:p>Before <draw:frame><draw:text-box><text:p>In a box</text:p><table:table>"
            f"{_open_row('<text:p>Fax</text:p>', '<text:p>12</text:p>')}</table:table></draw:text-box></draw:frame>after</text:p><text:p>Next</text:p>"
        ),
        "of a page.odt": odt_of(
            "<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>"
            "<text:p>Before <draw:rect><text:p>→ Fax: 12</text:p></draw:rect>after</text:p><text:p>Next</text:p>"
        ),
        "rtf": rtf_of(rf"\pard {{Before }}{BOX}{{after\par }}{{Next\par }}"),
    }),
    "notes in a cell": (["Cities\nof both | Zibo", "Next", "comment: Really?", "note: A note"], {
        "docx": docx_of(
            f"<w:tbl>{_row(_p('Cities', '<w:r><w:footnoteReference/></w:r>') + _p('of both'), _p('Zibo'))}</w:tbl>{_p('Next')}",
            {"footnotes": f"<w:footnote>{_p('A note')}</w:footnote>", "comments": f"<w:comment>{_p('Really?')}</w:comment>"},
        ),
        "odt": odt_of(
            "<table:table><table:table-header-rows>"
            + _open_row(
                "<text:p>Cities<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note</text:p></text:note-body>"
                "</text:note></text:p><text:p>of both</text:p>",
                "<text:p><office:annotation><dc:creator>Bo</dc:creator><text:p>Really?</text:p></office:annotation>Zibo</text:p>",
            )
            + "</table:table-header-rows></table:table><text:p>Next</text:p>"
        ),
        "rtf": rtf_of(
            _rich_row(
                r"Cities{\super \chftn {\footnote \ltrpar \pard\plain {\super \chftn }A note}}\par of both",
                r"Zibo{\*\atnid B}{\*\atnauthor Bo}\chatn {\*\annotation{\*\atndate 1}\pard\plain \chatn Really?}",
            )
            + r"Next\par "
        ),
    }),
    "taken back": (["Keep new end", "deleted: gone", "deleted: struck"], {
        "docx": docx_of(
            '<w:p><w:r><w:t xml:space="preserve">Keep </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>'
            '<w:r><w:rPr><w:strike/></w:rPr><w:t> struck</w:t></w:r><w:r><w:t xml:space="preserve"> end</w:t></w:r></w:p>'
        ),
        "odt": odt_of(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
            '<text:p>Keep <text:change/>new<text:span text:style-name="T1"> struck</text:span> end</text:p>',
            # numbers that are struck through, whose look has no name, are no texts
            looks='<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style><text:list-style'
            ' style:name="L"><text:list-level-style-number text:level="1"><style:text-properties style:text-line-through-style="solid"/>'
            "</text:list-level-style-number></text:list-style>",
        ),
        "rtf": rtf_of(r"\pard {Keep }{\deleted\revauthdel1 go}{\deleted ne}{\revised new}{\strike  struck}{ end\par }"),
    }),
    "a row taken back": (["new | Zibo", "deleted: old Jinan"], {
        "docx": docx_of(
            f"<w:tbl>{_row(_p('old'), _p('Jinan')).replace('<w:tr>', '<w:tr><w:trPr><w:del/></w:trPr>')}"
            f"<w:sdt><w:sdtContent>{_row(_p('new'), _p('Zibo'))}</w:sdtContent></w:sdt></w:tbl>"
        ),
    }),
    "lists": (["Themes", "→ Tram", "→ Bus", "○ at night", "Next"], {
        "docx": docx_of(f"{_p('Themes')}{_item(0, 'Tram')}{_item(0, 'Bus')}{_item(1, 'at night')}{_p('Next')}"),
        "odt": odt_of(
            "<text:p>Themes</text:p><text:list><text:list-item><text:p>Tram</text:p></text:list-item><text:list-item><text:p>Bus</text:p><text:list>"
            "<text:list-item><text:p>at night</text:p></text:list-item></text:list></text:list-item></text:list><text:p>Next</text:p>"
        ),
        "rtf": rtf_of(
            rf"\pard Themes\par {_mark(chr(92) + chr(39) + 'b7')}\pard \fi-360\li720\ls1 {{Tram\par }}{_mark('1.')}{{Bus\par }}"
            rf"{_mark('o')}\pard \li1440\ilvl1\ls1 {{at night\par }}\pard Next\par "
        ),
        "of LibreOffice.rtf": rtf_of(
            r"\pard\plain \s0 Themes" "\r\n"
            r"\par \pard\plain \s0{\listtext\pard\plain \u8226\'95\tab}\ilvl0\ls1 Tram"
            r"\par \pard\plain \s0{\listtext\pard\plain \u8226\'95\tab}\ilvl0\ls1 Bus"
            r"\par \pard\plain \s0{\listtext\pard\plain \u9702?\tab}\ilvl1\ls1 at night\par \pard\plain Next\par "
        ),
    }),
    "a table within a cell": (["Activities | List:\n→ Tram\n→ Bus\nend", "Next", "numbering: 1", "numbering: 2"], {
        "docx": docx_of(
            f"<w:tbl>{_row(_p('Activities'), _p('List:') + '<w:tbl>' + _row(_p('1'), _p('Tram')) + _row(_p('2'), _p('Bus')) + '</w:tbl>' + _p('end'))}"
            f"</w:tbl>{_p('Next')}"
        ),
        "odt": odt_of(
            "<table:table>"
            + _open_row(
                "<text:p>Activities</text:p>",
                f"<text:p>List:</text:p><table:table>{_open_row('<text:p>1</text:p>', '<text:p>Tram</text:p>')}"
                f"{_open_row('<text:p>2</text:p>', '<text:p>Bus</text:p>')}</table:table><text:p>end</text:p>",
            )
            + "</table:table><text:p>Next</text:p>"
        ),
        "rtf": rtf_of(
            _rich_row(
                "Activities",
                rf"List:\par }}\pard \intbl\itap2 {{1\nestcell{NESTED}Tram\par \nestcell{NESTED}}}{NESTED_ROW}{{2\nestcell{NESTED}Bus\nestcell{NESTED}}}"
                rf"{NESTED_ROW}\pard\intbl\itap1 {{end",
            )
            + r"Next\par "
        ),
    }),
    "merged cells": (["Cities | Zibo | ", "^ | ^ | Jinan"], {
        "docx": docx_of(
            f"<w:tbl>{_row(_tall('Cities', 'restart'), _tall('Zibo', 'restart'), _p(''))}"
            f"{_row(_tall('', 'continue'), _tall('', 'continue'), _p('Jinan'))}</w:tbl>"
        ),
        "odt": odt_of(
            '<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Cities</text:p></table:table-cell>'
            '<table:table-cell table:number-rows-spanned="2"><text:p>Zibo</text:p></table:table-cell><table:table-cell/></table:table-row>'
            "<table:table-row><table:covered-table-cell/><table:covered-table-cell/><table:table-cell><text:p>Jinan</text:p></table:table-cell>"
            "</table:table-row></table:table>"
        ),
        "rtf": rtf_of(
            r"\trowd\clvmgf\cellx1000\clmgf\clvmgf\cellx1500\clmrg\cellx2000\cellx3000\pard\intbl Cities\cell Zibo\cell \cell \cell \row"
            r"\trowd\clvmrg\cellx1000\clvmrg\cellx2000\cellx3000\pard\intbl \cell \cell Jinan\cell \row\pard\par "
        ),
    }),
    "signs": (["A B-CD\tE’\nF 𠮷野", "{Next}"], {
        "docx": docx_of(
            "<w:p><w:r><w:t>A B</w:t><w:noBreakHyphen/><w:t>C</w:t><w:softHyphen/><w:t>D</w:t><w:tab/><w:t>E’</w:t><w:br/><w:t>F 𠮷野</w:t></w:r></w:p>"
            + _p("{Next}")
        ),
        "odt": odt_of("<text:p>A<text:s/>B-CD<text:tab/>E’<text:line-break/>F 𠮷野</text:p><text:p>{Next}</text:p>"),
        "rtf": rtf_of(rf"\pard A\~B\_C\-D\tab E\u8217\'92\line F {rtf_text('𠮷野')}\sect\sectd\pard \{{Next\}}\par "),
        "of a Chinese Word.rtf": rtf_of(
            r"\pard\uc2 A B-CD\tab E’\page F \u-10174\'81\'30\u-8265\'81\'30\f1\'d2\'b0\par \pard\{Next\}\par ".replace("’", r"\'a1\'af"),
            r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fnil\fcharset134 SimHei;}}",
        ),
        "of a Mac.rtf": rtf_of(
            "\\pard\\f0 A B-CD\\tab E\\'d5\\line F \\uc0\\u55362 \\u57271 \\u37326 \\\n\\{Next\\}\\\n",
            "{\\rtf1\\mac\\ansicpg10000\\cocoartf2639{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}\n{\\*\\expandedcolortbl;;}\n",
        ),
    }),
    "around": (["Body", "footer: Page 1", "header: First", "header: Top", "header: → Office: Zibo"], {
        "docx": docx_of(
            _p("Body"),
            {"header": _p("Top") + _p("First") + f"<w:tbl>{_row(_p('Office'), _p('Zibo'))}</w:tbl>", "footer": _p("Page 1")},
        ),
        "odt": odt_of(
            "<text:p>Body</text:p>",
            f"<style:header><text:p>Top</text:p><table:table>{_open_row('<text:p>Office</text:p>', '<text:p>Zibo</text:p>')}</table:table></style:header>"
            "<style:header-first><text:p>First</text:p></style:header-first><style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>",
        ),
        "rtf": rtf_of(
            rf"{{\header \pard\plain Top\par {_rich_row('Office', 'Zibo')}}}{{\headerf \pard First\par }}{{\footer Page {{\field{{\*\fldinst PAGE}}{{\fldrslt 1}}}}\par }}"
            r"\pard Body\par "
        ),
    }),
    "a code page that nobody knows, a row without an end": (["é", "Cities", "Zibo"], {
        "rtf": rtf_of(r"\pard\'e9\par \trowd\cellx1000\cellx2000\pard\intbl Cities\cell Zibo", r"{\rtf1\ansi\ansicpg99999 "),
    }),
}  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "name", "data"),
    [
        pytest.param(wanted, name, data, id=f"{page}, {name}")
        for page, (wanted, files) in PAGES.items()
        for name, data in files.items()
    ],
)
def test_a_page_is_read_alike_from_every_program(wanted: list[str], name: str, data: bytes) -> None:
    body, apart = [], []
    for part in blocks_of(f"page.{name}", data).parts:
        if isinstance(part, Grid):
            body += [" | ".join("^" if cell.continues else cell.text for cell in row) for row in part.rows]
        elif part.place != BODY:
            apart.append(f"{part.place}: {part.text}")
        elif part.text.strip():
            body.append(part.text)
    assert [*body, *sorted(apart)] == wanted
