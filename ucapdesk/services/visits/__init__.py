"""Visits: programme, people, seats, calendars, templates."""
