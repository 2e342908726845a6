"""How large the parts of a package may be. Everything is counted while it is read; what a file says of itself is not believed."""

from __future__ import annotations

MIB = 2**20

LARGEST_PACKAGE = 2 * 2**30
LARGEST_FILE = 200 * MIB
LARGEST_CHANGES = 512 * MIB
LARGEST_MANIFEST = 4 * MIB
LARGEST_PROTECTED = 200 * MIB
LARGEST_LINE = 8 * MIB
MOST_ENTRIES = 20_000
LARGEST_DIRECTORY = MOST_ENTRIES * 150
"""Of a zip file: 46 bytes an entry, and its name."""
MOST_DEVICES = 500
DENSEST = 200
"""How many times a deflated part may grow; ours grow by 4 to 60."""
HIGHEST_NUMBER = 2**40
