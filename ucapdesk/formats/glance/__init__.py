"""Reads papers of the "UCAP at a glance" family: the table, its meaning, and drafts of records.

``understand(read(path))`` gives everything the paper says; ``drafts(glance)`` gives it as records. ``read`` is in ``glance_table``,
``understand`` in ``extract``, ``drafts`` in ``record_drafts``.

By which words a paper is read stands in ``resources/reference/labels.json`` and ``column_heads.json``: another
spelling, in any language, is one more alias.
"""
