"""How large anything in the log may be: one set of bounds, kept by every save and asked of every package.

A change that a reader refuses can never be taken back out of the log, and with it every later package of its author
would be refused. So nothing is written that breaks one of these; what an earlier version let through is taken care of by
``repair``. Readers that are out keep these bounds for ever: none of them may be widened for what is written.
"""

from __future__ import annotations

MIB = 2**20

LARGEST_LINE = 8 * MIB
"""Bytes of one line: the cells that one save writes into one record."""
SLACK = MIB // 4
"""What a reader takes beyond that: the first version did so too, depending on where a line began."""
LARGEST = 64 * MIB
"""Characters of one changeset, its header left out."""
MOST_ROWS, MOST_CELLS, MOST_DEVICES = 200_000, 500, 500
"""Of one changeset, of one row, and in what one had newly seen."""
HIGHEST = 2**40
"""Below it is every number of a changeset."""
LATEST = 2**53 - 1
"""Of the clock, in microseconds since 1970: the year 2255."""
DEEPEST = 8
"""How deep lists and objects may stand in one another in a value; ours go to three."""
