"""Files that come in and go out: papers and lists of offices, sheets, kept packs, Word; and which formats there are.

``file_formats`` is the registry of formats. ``imports`` reads papers and lists and proposes what to take; ``draft_plan`` is such
a proposal, ``draft_records`` writes it.
"""
