"""Value types: what a field can hold, and its form in a column, in the log, in JSON and in a search.

A date that is not exact is kept as EDTF (``2027-05``, ``PartialDate``). Whether a translation is missing, a draft or
outdated is ``state`` of ``Bilingual``.
"""

from ucapdesk.model.values.bilingual import Bilingual
from ucapdesk.model.values.cells import Codes, Counts, Refs
from ucapdesk.model.values.groups import FileRef, Geo, HanName, Money, PersonName, Quantity, When
from ucapdesk.model.values.partial_date import PartialDate

__all__ = [
    "Bilingual",
    "Codes",
    "Counts",
    "FileRef",
    "Geo",
    "HanName",
    "Money",
    "PartialDate",
    "PersonName",
    "Quantity",
    "Refs",
    "When",
]
