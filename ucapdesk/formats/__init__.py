"""Files of other programs, read into plain values and written from them; nothing here knows the store."""
