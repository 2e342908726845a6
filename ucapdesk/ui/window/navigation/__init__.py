"""Navigation: where the user is, was, and how the window looked there."""
