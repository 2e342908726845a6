"""Readers of what stands within a line, whatever the paper: labels and heads, names and posts, places, languages, small texts.

``field_of`` tells which field a label means, ``pieces_in`` parts people into names, posts and addresses, ``in_languages`` puts
a text under its language.
"""
