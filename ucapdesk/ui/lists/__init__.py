"""Lists of records, of any length.

``ListPane`` is the list of a kind with its filter, and ``RecordTable`` its model; ``TrashPane`` lists the Trash.

``RecordTable`` holds the ids and reads rows by the page as they are shown, so a list of any length stays quick. What
a row says is ``Wording``; no kind has a rule of its own. Chosen columns, widths and views lie in the settings.
"""
