"""Papers of other people, read into plain values; nothing here knows the store."""
