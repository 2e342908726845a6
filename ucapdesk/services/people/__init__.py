"""People, typed, pasted or as business cards, and their personal data.

``vcards`` exports and imports cards, ``personal_data`` lists what is held of somebody, ``privacy`` removes it for
good.
"""
