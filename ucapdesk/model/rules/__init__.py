"""Rules of the field: times, nights, seats, sides, statuses, deadlines. Each fact is decided in one of them.

Window, papers, command line, calendars and sheets ask the same functions, so that they cannot disagree: ``PlaceTime``
for zones and hours, ``venue_of`` for places, ``hotels_by_night`` for nights, ``travelling_side``, ``in_order`` and
``principal_host`` for people, ``marks`` for what is wrong in a programme, ``is_overdue`` and ``attention`` for what
is late. Where nobody knows an answer it is empty, never guessed.
"""
