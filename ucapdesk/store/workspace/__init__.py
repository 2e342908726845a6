"""A workspace on disk: its folder, databases, lock, devices, drafts and schema."""
