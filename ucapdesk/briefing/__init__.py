"""Typesetting of papers: a content tree becomes lines, lines become pages, pages become a PDF.

``content`` says what a paper holds, ``linebreak`` where its lines end, ``layout`` where they stand and ``draw``
puts them into the file. Only ``fonts`` and ``draw`` know ReportLab; ``render`` is the way in.
"""
