"""Records of any kind: read, written, listed, found, linked.

``records`` reads and writes one, ``lists`` gives those of a list as users arrange it, ``search`` finds them by words;
the rest is about a side of a record: its duplicates, history, files, drafts and related records.
"""
