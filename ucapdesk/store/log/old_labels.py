"""Names of files in the labels of earlier versions go with the data of whoever the files belonged to.

A label is signed with its header, so without more it could not be changed. What stands in place of such a header says the
hash that it had (``"h"``) and names no file; it is believed only where somebody who removed the data has signed its very
wording, in the row that asks for the removal (``"labels"``). Labels of this version name nobody (``model/log_messages``).
"""

from __future__ import annotations

import hashlib
from typing import Any

from ucapdesk.base.json_text import dumps
from ucapdesk.store.log.changeset import hash_of_header, read_line, with_hash_of_name
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.row_state import Held

_FILE = "file"


def wording(header: str) -> str:
    """A hash of a header but for the name of its author."""
    said = read_line(header)
    return hashlib.sha256(dumps({key: value for key, value in said.items() if key not in "px"}).encode()).hexdigest()


def plain(header: str) -> str | None:
    """Return the header that replaces one whose label names a file; None where it names none."""
    if f'"{_FILE}":' not in header:
        return None
    said = read_line(header)
    label = _without_files(said["l"])
    if "h" in said or label == said["l"]:
        return None
    name = said.pop("x", None)
    return with_hash_of_name(dumps({**said, "l": label, "h": hash_of_header(header).hex()}), name)


def _without_files(label: Any) -> Any:
    if isinstance(label, list):
        return [_without_files(each) for each in label]
    if isinstance(label, dict):
        return {key: _without_files(value) for key, value in label.items() if key != _FILE}
    return label


def to_be_asked(log: Log, row: Held) -> list[str]:
    """The wordings that are to be asked for with the removal of a record."""
    headers = (plain(changeset.lines[0]) for _, _, _, changeset in log.touching(row.n))
    return sorted({wording(header) for header in headers if header})
