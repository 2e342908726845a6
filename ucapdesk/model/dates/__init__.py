"""Days and hours as texts: everything that reads them, and what writes them.

- ``words``: one table for all readers, from ``resources/phrases`` (section ``when``) and CLDR: months, weekdays, parts of the day.
- ``parsing``: a day, a partial date or an interval, as somebody types it or as it stands alone.
- ``hours``: an hour, a span of hours, a duration; typed, or at the beginning of a line.
- ``in_text``: the days in running text. ``programme_days``: the days of a programme, which may name them by weekday or number alone.
- ``formatting``: days and hours in the words of each language. ``zones``: clocks, by their cities.

The value itself, as precise as it is known, is ``PartialDate`` in ``model/values``. No reader guesses: figures that may be two dates are refused
or marked, and a part of the day that does not fit its figure leaves the hour open.

The library dateparser is no replacement: it knows no intervals, and no dates that are known to the month or the year only.
"""
