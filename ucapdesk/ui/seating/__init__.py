"""Seating at the window: the plan that protocol proposes, changed by dragging or by keys."""
