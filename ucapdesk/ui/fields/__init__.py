"""Editors of field values: one for each shape of value, chosen from the declaration by ``make_editor``."""
