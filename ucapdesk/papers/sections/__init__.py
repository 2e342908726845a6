"""The sections of a pack, each made from the facts of a visit.

A maker takes ``VisitFacts`` and gives sections: the first stands under the heading of the pack's list, others are parts
of it with headings of their own. Where nothing is known it gives none, and the pack has no such section.
"""
