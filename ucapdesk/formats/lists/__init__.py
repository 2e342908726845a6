"""Lists of offices: people, programmes and minutes in sheets, in tables of documents and in text of any encoding.

``list_files`` opens a file as tables; ``people_of``, ``itinerary_of`` and ``minutes_of`` make ``ListDrafts`` of one.

Heads of lists stand in ``resources/words/list_heads.json``. A point whose day nobody can tell is named, and does not
come in.
"""
