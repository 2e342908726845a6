"""Pictures of offices as they come: good ones, and those that were made to harm or are of another form."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw


def logo(colour: str = "#C8102E", size: tuple[int, int] = (600, 200), mode: str = "RGB", form: str = "PNG") -> bytes:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).ellipse((0, 0, size[1] - 1, size[1] - 1), fill=colour)
    target = io.BytesIO()
    picture.convert(mode).save(target, form)
    return target.getvalue()


def skyline(colour: str, size: tuple[int, int] = (1200, 500)) -> bytes:
    """A picture for a cover: towers over a river."""
    picture = Image.new("RGB", size, "#DCE6EF")
    draw = ImageDraw.Draw(picture)
    wide, high = size
    for n, up in enumerate((0.35, 0.6, 0.45, 0.75, 0.5, 0.65, 0.4, 0.55)):
        left = (n + 0.15) * wide / 8
        draw.rectangle(
            (left, high * (0.82 - up), left + wide / 11, high * 0.82), fill=colour if n % 3 == 1 else "#8FA3B5"
        )
    draw.rectangle((0, high * 0.82, wide, high), fill="#5C7F9E")
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def clear() -> bytes:
    picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((50, 20, 250, 80), fill=(0, 90, 40, 128))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def bomb(side: int = 60_000) -> bytes:
    """A small PNG that says to be gigabytes large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


GOOD = {
    "plain.png": logo(),
    "photo.jpg": logo(form="JPEG"),
    "cmyk.jpg": logo(mode="CMYK", form="JPEG"),
    "one_bit.png": logo(mode="1"),
    "palette.gif": logo(mode="P", form="GIF"),
    "clear.png": clear(),
    "large.png": logo(size=(3000, 1000)),
    "flat.png": logo(size=(2000, 4)),
}
BAD = {
    "bomb.png": bomb(),
    "vector.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
    "script.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
    "torn.png": logo()[:200],
    "torn.jpg": logo(form="JPEG", size=(60, 20))[:300],
    "empty.png": b"",
    "letters.png": b"no picture at all",
}


def png_of_size(width: int, height: int) -> bytes:
    """Return the beginning and end of a black and white PNG: whoever decodes it makes room for all of it."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(width // 8 + 2))),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
