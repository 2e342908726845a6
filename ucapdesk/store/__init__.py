"""One workspace: its folder, its database, the log of changesets, the merge, reading, searching and backing up."""
