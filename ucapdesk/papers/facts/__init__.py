"""Facts of records as papers tell them: words, parts and tables, people and occasions, sides, seats, and all facts of a visit.

``wording`` says values in all languages, ``parts`` makes labels, facts and tables of them, ``VisitFacts`` reads a whole visit once.
"""
