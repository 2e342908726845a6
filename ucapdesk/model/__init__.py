"""What is recorded: kinds, their fields, value types, enumerations and the rules of the field. Nothing of a database."""
