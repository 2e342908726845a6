"""PDFs as others make them: an invitation with a filled form, links, programs and files in it, and traps."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

MARK = "FOREIGN"  # Stands in every name that must not come along


def invitation(pages: int = 2, password: str = "", value: str = "Filled in") -> bytes:
    """Pages of text, the last one lying, with a field filled in, a link and an action."""
    target = BytesIO()
    encrypt = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(target, pagesize=A4, invariant=1, encrypt=encrypt)
    for n in range(1, pages + 1):
        if n == pages:
            canvas.setPageSize(landscape(A4))
        canvas.setFont("Helvetica", 20)
        canvas.drawString(80, 400, f"Invitation to Zhengzhou, sheet {n}")
        canvas.linkURL(f"https://{MARK}.example", (80, 380, 300, 420))
        canvas.acroForm.textfield(name=f"{MARK}{n}", value=value, x=80, y=300, width=200, height=24)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def crafted(*objects: str, root: int = 1) -> bytes:
    """A file of objects written by hand, numbered from 1."""
    out, offsets = b"%PDF-1.7\n", []
    for n, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer\n<< /Root {root} 0 R /Size {len(objects) + 1} >>\nstartxref\n{start}\n%%EOF\n".encode()


_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"


def with_program() -> bytes:
    names = "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    return crafted(f"<< /Type /Catalog /Pages 2 0 R {names} >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE)


def many_pages(count: int) -> bytes:
    kids = "3 0 R " * count
    return crafted("<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>", _PAGE)


def looping() -> bytes:
    tree = "<< /Type /Pages /Kids [3 0 R] /Count 4 >>", "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 4 >>"
    return crafted("<< /Type /Catalog /Pages 2 0 R >>", *tree)


def forms(content: str, count: int = 60, *, itself: bool = False) -> bytes:
    """Forms of which each draws the next one, the last one nothing; or one that draws itself."""
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    made = []
    for number in range(5, 5 + (1 if itself else count)):
        drawn = f"/Resources << /XObject << /X {number if itself else number + 1} 0 R >> >>"
        entries = f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] {drawn} /Length {len(content)}"
        made.append(f"<< {entries} >> stream\n{content}\nendstream")
    start = "<< /Length 5 >> stream\n/X Do\nendstream"
    return crafted("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, start, *made)
