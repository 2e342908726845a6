"""Lists of records, of any length.

``ListPane`` is the list of a kind with its filter, and ``RecordTable`` its model; ``TrashPane`` lists the Trash.
"""
