"""Limits of packages. Everything is counted while it is read; what a file says of itself is not believed.

The same bounds are kept while one is written, so that no package leaves a laptop that the next one refuses.
"""

from __future__ import annotations

from ucapdesk.store.workspace.store_limits import HIGHEST, LARGEST_LINE, MIB, MOST_DEVICES, SLACK

__all__ = ["HIGHEST", "MIB", "MOST_DEVICES"]

LARGEST_PACKAGE = 2 * 2**30
LARGEST_FILE = 200 * MIB
LARGEST_CHANGES = 512 * MIB
LARGEST_MANIFEST = 4 * MIB
LARGEST_PROTECTED = 200 * MIB
LARGEST_SEALED = LARGEST_PROTECTED + MIB
"""Of the file with its protection, which adds 16 bytes to each 64 KiB."""
LONGEST_LINE_READ = LARGEST_LINE + SLACK
MOST_ENTRIES = 20_000
MOST_WAITING, LARGEST_WAITING = 30, 500 * MIB
"""Maximum number and total size of waiting packages of accepted laptops; the newest always waits."""
MOST_STRANGE, LARGEST_STRANGE = 10, 100 * MIB
"""The same for unknown laptops."""
WAITS_DAYS = 90
"""Days for which a package waits."""
LARGEST_DIRECTORY = MOST_ENTRIES * 150
"""Maximum size of a zip directory: 46 bytes an entry, and its name."""
MOST_LISTED = 5_000
"""Maximum laptops in a package that is read. Earlier versions read ``MOST_DEVICES``: silent ones beyond that are not given."""
MOST_FILES = 5_000
"""Maximum number of files in one package, and of files listed as left out: all of it stands in the manifest."""
LONGEST_WORD = 1000
"""Maximum characters of any text of the manifest; we write less."""
LONGEST_WORD_GIVEN = 200
LONGEST_FILE_NAME = 160
"""Maximum characters of a file name that are shown."""
DENSEST = 200
"""Maximum growth of a compressed part; ours grow by 4 to 60. Denser data is given uncompressed."""
LEAST_DEFLATED = 1024
"""Minimum size assumed of a part when its growth is calculated."""


def is_too_dense(size: int, packed: int) -> bool:
    """Return whether a part grows more than any reader allows."""
    return size > DENSEST * max(packed, LEAST_DEFLATED)
