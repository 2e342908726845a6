"""The data model: kinds, their fields, value types, code lists and the rules of the field. It knows no database."""
