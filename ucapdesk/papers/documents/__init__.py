"""The documents that can be printed: a module declares one, or a few that share their making, as ``DOCUMENTS``.

Which sections each copy of a visit pack has is the table ``PARTS``. How many cards stand on a page follows from
``CARD_FORMS`` and the page.
"""
