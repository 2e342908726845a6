"""How large the parts of a package may be. Everything is counted while it is read; what a file says of itself is not believed.

The same bounds are kept while one is written, so that no package leaves a laptop that the next one refuses.
"""

from __future__ import annotations

from ucapdesk.store.limits import HIGHEST, LARGEST_LINE, MIB, MOST_DEVICES, SLACK

__all__ = ["HIGHEST", "MIB", "MOST_DEVICES"]

LARGEST_PACKAGE = 2 * 2**30
LARGEST_FILE = 200 * MIB
LARGEST_CHANGES = 512 * MIB
LARGEST_MANIFEST = 4 * MIB
LARGEST_PROTECTED = 200 * MIB
LONGEST_LINE_READ = LARGEST_LINE + SLACK
MOST_ENTRIES = 20_000
MOST_WAITING, LARGEST_WAITING = 30, 500 * MIB
"""How many packages of accepted laptops wait, and how large they are together; the newest always does."""
MOST_STRANGE, LARGEST_STRANGE = 10, 100 * MIB
"""The same of laptops that nobody here knows."""
WAITS_DAYS = 90
"""How long any of them waits."""
LARGEST_DIRECTORY = MOST_ENTRIES * 150
"""Of a zip file: 46 bytes an entry, and its name."""
MOST_FILES = 5_000
"""How many files are given in one package, and how many are told that are not: all of it has to stand in the manifest."""
LONGEST_WORD = 1000
"""Signs of any text of the manifest; of what is written there less is given."""
LONGEST_WORD_GIVEN = 200
LONGEST_FILE_NAME = 160
"""Characters of the name of a file that are told."""
DENSEST = 200
"""How many times a deflated part may grow; ours grow by 4 to 60. What would grow more is given as it is."""
LEAST_DEFLATED = 1024
"""Bytes that a part may be taken to have at least when it is asked how much it grows."""


def is_too_dense(size: int, packed: int) -> bool:
    """Whether a part grows more than any reader allows."""
    return size > DENSEST * max(packed, LEAST_DEFLATED)
