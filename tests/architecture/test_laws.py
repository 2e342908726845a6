"""Every law of the exchange is held by a test that names it: ``@pytest.mark.law("P1")``.

The list is the record of what exchange promises; a law that no test names fails here.
"""

from __future__ import annotations

from tests.architecture.marks import complaints, named
from tests.helpers.source_tree import everything

# P17 waits for packages that hold only what is new: today every package is complete.
LAWS = {
    "P1": "the same changesets show the same, in whatever order and by whatever way they came",
    "P2": "no value is lost: it is shown, a candidate, or in the history",
    "P3": "the same package again writes nothing",
    "P4": "files may be lost: one complete file later makes up for it",
    "P5": "wrong clocks lose nothing and block nothing",
    "P6": "a delete hides only what its author had seen",
    "P7": "every link leads somewhere, after every step",
    "P8": "ended at any moment it is the old or the new",
    "P9": "what is refused leaves everything as it was",
    "P10": "what is not known is kept, passed on, and shown after an update",
    "P11": "texts are merged by sentence, the same from both sides, with nothing made up",
    "P12": "lists have one order everywhere",
    "P13": "records found to be one are one, in whatever order it was said",
    "P14": "copied and restored workspaces lose nothing silently",
    "P15": "everything derived comes out the same when made again from the log",
    "P16": "taking back touches only what still stands; a receive taken back never was",
    "P18": "a preview says what then happens",
    "P19": "whatever comes in place of a package: a reason, never long, never much memory",
    "P20": "mistakes planted in the program are found",
    "P21": "whatever was saved, a package that was written and checked is taken in by every desk",
}


def test_every_law_of_the_exchange_is_named_by_a_test() -> None:
    found = list(complaints(list(named(everything(), "law")), LAWS, []))
    assert not found, "\n" + "\n".join(found)
