"""Screens with a shape of their own: visits with their programme, meetings, MoUs, people and partnerships, the calendar, and seating plans.

A screen is imported when the first record of its kind is shown, by its name in ``record.presentation``; dialogs when their command is given.
"""
