"""Reading: records, lists, titles, order, history, possible duplicates.

Records that are one thing are read as one here; nothing is rewritten. Values that other records hold (the hours of a
journey, the place of a meeting) are put into the records shown, and kept until something is written
(``UntilWritten``). Conditions of a list become SQL in ``list_queries``; Latin and Chinese order comes from the
columns ``sort_en`` and ``sort_zh``, written with each save.
"""
