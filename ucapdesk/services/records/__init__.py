"""Records of any kind: read, written, listed, found, linked."""
