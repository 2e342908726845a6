"""Safety: backups, checks, repair, and removing data for good."""
