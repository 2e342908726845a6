"""Files that come in and go out: papers and lists of offices, sheets, kept packs, Word; and which formats there are.

``file_formats`` is the registry of formats. ``imports`` reads papers and lists and proposes what to take; ``draft_plan`` is such
a proposal, ``draft_records`` writes it.

A sheet that comes back changes only the cells that differ from an export made now. ``FORMATS`` lists the file
formats. A second paper finds its records by names, dates and places and changes nothing: what differs becomes a
question.
"""
