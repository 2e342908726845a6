"""Editors of field values, one for each shape of value.

``editor_for`` in ``editor_factory`` chooses one from the declaration of the field; all derive from ``Editor``. ``TokenField`` is the input of chips.
"""
