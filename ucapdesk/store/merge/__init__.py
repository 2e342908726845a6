"""The merge: the values that follow from the log, the same on every desk.

Two values of a cell are a question where neither author had seen the other (``settle``). Meanwhile no removal stands
before a removal, then what was written last, then the greater laptop id (``Candidate.key``). Long texts are merged
sentence by sentence (``text3``). The save that moves a point, a journey or a meeting moves what is linked to it
(``follow``). Fields of a newer version stay in the log and are shown after the update.
"""
