"""Text of papers: fonts, styles, and where lines end.

``linebreak.break_lines`` fills lines, ``paragraphs.ParagraphLayout`` lays out paragraphs in a style of ``styles.StyleSheet``.
"""
