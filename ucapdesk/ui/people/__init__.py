"""People: how long their data are kept."""
