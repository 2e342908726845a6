"""Pages and dialogs about people: related records, retention of their data, templates."""
