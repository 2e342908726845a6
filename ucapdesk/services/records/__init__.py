"""Records of any kind: read, written, listed, found, linked.

``records`` reads and writes one, ``lists`` gives those of a list as users arrange it, ``search`` finds them by words;
the rest is about a side of a record: its duplicates, history, files, drafts and related records.

Lists are sorted by the database for stored fields and by ``ordered`` for computed ones. What comes back from the
Trash comes with the parts that went with it. Links offered while one types, and what they fill in beside the field,
are decided here, as is the order of what a search finds (``best``).
"""
