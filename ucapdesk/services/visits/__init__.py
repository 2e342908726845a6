"""Visits: people, programme, seats, calendars, templates.

``visits`` is a visit with its people and checklist, ``visit_itinerary`` its programme by day and by week.

A new visit has no checklist unless somebody adds one (``add_usual``) or a template brings it. A copy to another day
leaves out the fields in ``EMPTIED``. What moves along with a moved visit is offered (``move_along``), never done
unasked.
"""
