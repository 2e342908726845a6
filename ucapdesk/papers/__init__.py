"""Papers made from records: ``printing`` is the way in. It is a module of its own because all papers take long to load.

A ``Request`` asks for one copy of a ``Document``; ``build`` makes it, reading through a ``RedactedReader``; ``gaps`` tells what is missing.
``facts`` is what papers tell of records, ``sections`` the sections of a pack, ``documents`` the papers that can be printed.
"""
