"""The store of one workspace: folder, database, the log of changesets, merging, reading, searching and backups."""
