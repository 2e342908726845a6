"""Papers made from records: ``printing`` is the way in. It is a module of its own because all papers take long to load.

A ``Request`` asks for one copy of a ``Document``; ``registry`` makes it, reading through a ``RedactedReader``; ``gaps`` tells what is missing.
``facts`` is what papers tell of records, ``sections`` the sections of a pack, ``documents`` the papers that can be printed. A list is a
declaration of rows and columns (``list_paper``).

Who may read a field is said where it is declared (``audience=``), who holds a paper where that is declared
(``circle=``), and ``RedactedReader`` empties the difference before any paper sees it. Health and diet stand in the
catering list and the brief on a person, in no pack; red lines and remarks with the principal alone. The hosts stand
first on a paper, side A where nobody is known to be at home; who takes part in an occasion, and in which order, is
``people_of``. ``gaps_of`` says what a paper lacks.
"""
