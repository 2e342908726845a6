"""Interactive seating plans: the proposal of protocol, changed by dragging or by keys."""
