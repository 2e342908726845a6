"""Values as texts: read from what people type, and written in the words of each language.

``fields_in_words.say_field`` formats any field of any record. ``assignments`` and ``typed_fields`` read fields, ``typed_lines`` and
``itinerary_line`` whole lines, ``person_names`` and ``amounts`` read and write names and numbers. Days and hours stand in ``model/dates``.

The words in which dates, numbers, rooms and forms of address are written and typed stand in ``resources/phrases``, a
file for each language. A typed date must fit one form whole; what cannot be read stays in its field as a draft.
"""
