"""The page of one record: its form, its parts, its attachments, and the questions it puts.

``RecordView`` shows a record; screens of kinds derive from ``RecordScreen`` and speak to the view as a ``RecordPage``; ``presentation`` tells the page and the form of each kind.

What is typed and no valid value stays in its field as a draft (``restore_drafts``); a save that fails keeps the
window open (``Saving.refuse``). Esc saves and gives the keys back to the list.
"""
