"""Size limits of everything in the log, kept by every save and checked in every package.

A change that a reader refuses can never be taken back out of the log, and with it every later package of its author
would be refused. So nothing is written that breaks one of these; what an earlier version let through is taken care of by
``repair``. Readers that are out keep these bounds for ever: none of them may be widened for what is written.
"""

from __future__ import annotations

MIB = 2**20

LARGEST_LINE = 8 * MIB
"""Bytes of one line: the cells that one save writes into one record."""
SLACK = MIB // 4
"""Bytes a reader allows beyond that, as the first version did, depending on where a line began."""
MAX_CHANGESET_CHARS = 64 * MIB
"""Maximum characters of one changeset, without its header."""
MAX_CHANGESET_ROWS, MOST_CELLS, MOST_DEVICES = 200_000, 500, 500
"""Maximum rows of one changeset, cells of one row, and devices in what a changeset had newly seen."""
HIGHEST = 2**40
"""Every number of a changeset is below this."""
LATEST_TIME = 2**53 - 1
"""Latest time of a changeset, in microseconds since 1970: the year 2255."""
MAX_READ_NESTING = 8
"""Maximum nesting of lists and objects in a value; ours go to three."""
