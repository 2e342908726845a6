"""Files of other programs, read into plain values and written from them; nothing here knows the store.

Incoming papers pass a line of rooms: ``blocks`` reads a file of any format, ``phrases`` what stands within a line, ``glance`` and
``lists`` extract what a paper or a list says, and end in drafts of records. ``sheets``, ``vcard``, ``ics``, ``xliff`` and
``word_writer`` are formats for themselves.

Every file is bounded before it is read: a paper 20 MB, unpacked 200 MB and 10,000 entries, a PDF 300 pages.
"""
