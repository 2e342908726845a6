"""Readers of files into blocks: PDF, Word, OpenDocument, RTF, web pages, mails and plain text, one shape for all.

Each reader returns ``Blocks`` (``block_types``): paragraphs and grids in reading order. Readers of heavy libraries are imported
for such a file only; which one a file needs is told by its contents (``glance.glance_table.blocks_of``).
"""
