"""Files that come in and go out: papers and lists of offices, sheets, kept packs, Word; and which formats there are."""
