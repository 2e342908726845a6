"""Layout and printing of papers: contents become lines, lines become pages, pages become a PDF.

``blocks.content`` says what a paper holds, ``text`` where its lines end, ``blocks`` how tables, cards, pictures and the other blocks look,
``pages`` where they stand and how they are painted. ``pages.render`` is the way in. Every step has one word: *layout* gives things their
place, *painter* puts them into the file, *render* does all of it. Only ``text.fonts``, pictures and codes of ``blocks``, and
``pages`` know ReportLab; no other package does.

Pages end in ``paginate`` and nowhere else. Columns get the shares a paper asks for, then what their texts need
(``places``); Word asks the same. Heads, feet and letterheads are set by ``Running``. Where a translation is missing
the other language stands in, in grey (``Words.shown``).
"""
