"""Visits: people, programme, seats, calendars, templates.

``visits`` is a visit with its people and checklist, ``visit_itinerary`` its programme by day and by week.
"""
