"""Small numbers as words, in five languages: ``three``, ``tres``, ``三``."""

from __future__ import annotations

from ucapdesk.model.codes import folded
from ucapdesk.model.text.parse.typed_text import plain

_WORDS = {
    word: number
    for number, words in enumerate(
        ("one uno una un ein eine", "two dos due zwei", "three tres tre drei", "four cuatro quattro vier",
         "five cinco cinque funf", "six seis sei sechs", "seven siete sette sieben", "eight ocho otto acht",
         "nine nueve nove neun", "ten diez dieci zehn", "eleven once undici elf", "twelve doce dodici zwolf",
         "thirteen", "fourteen", "fifteen quince", "sixteen", "seventeen", "eighteen", "nineteen", "twenty veinte venti zwanzig"),
        1,
    )
    for word in words.split()
}  # fmt: skip


def number_of(said: str) -> int | None:
    """Return a whole number written in figures or as a word; None for any other word."""
    if said.isdigit():
        return int(said)
    han = plain(f"{said}个").removesuffix("个")
    return int(han) if han.isdigit() else _WORDS.get(folded(said))
