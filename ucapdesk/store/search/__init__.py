"""The full-text search and its index.

The index holds names, body text, pinyin, initials and pairs of Chinese characters; all other spellings are tried by
the question. Raise ``RULES`` (``ucapdesk.store.workspace.workspace``) when the same record would be indexed differently:
an older workspace is then indexed again, once.
"""
