"""Safety: backups, checks, repair, and removing data for good.

Kept are 14 daily backups and 10 of all before larger steps, 1 GiB together. A restored backup never replaces what
stood there: that goes into ``backups``.
"""
