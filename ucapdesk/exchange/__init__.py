"""Exchange by file: packages given to colleagues and received from them. Nothing here ever opens a network connection.

A package always holds everything; the giver tries it out before it leaves (``prove``). A package of an unknown
laptop, or in a newer format, waits. Internal fields go along: they are counted and announced, not held back. Sticks
and the shared folder are looked at every five seconds, and nothing is received unasked.
"""
