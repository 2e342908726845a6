"""The log: changesets, what each holds, and how far each device has come."""
