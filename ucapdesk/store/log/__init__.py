"""The log: changesets, what each holds, and how far each device has come.

The first step of ``db/migrations`` makes its tables, and those beside them. The log is the truth:

- ``sync_device``: one working copy on one computer. ``seq``, ``chain``, ``vv``: of the last changeset held of it.
- ``sync_vv``: what a device had seen of the others when it wrote, once for each change of it; one packed row each (``vectors``).
- ``sync_changeset``: ``n`` is the order of arrival here, which is a causal order; ``body`` the author's lines, plain or deflated.

These and the tables of the kinds can be made again from it (``check --rebuild``):

- ``sync_row``: ``heads`` is ``{"title.en": [dev, seq, dev, seq, …], "~": […]}``, unknown cells included. ``sync_touch``: which
  changesets wrote into a row.
- ``sync_conflict``: ``kind`` is ``decide`` (a person must choose) or ``merged`` (a long text that was merged by itself).
- ``search``: the index of words.

Of this copy alone: ``sync_meta``; ``sync_peer``, ``sync_export``, ``sync_import`` and ``sync_parked`` of the exchange; ``draft``, typing not
yet saved: only changed fields, with the heads the field was opened on.
"""
