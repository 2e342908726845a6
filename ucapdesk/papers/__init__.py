"""Papers made from records: ``printing`` is the way in. It is a module of its own because all papers take long to load."""
