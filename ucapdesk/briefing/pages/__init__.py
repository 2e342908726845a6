"""Pages of papers: bands fill them, cover, header and footer frame them, and they are painted into a PDF.

``render.render`` prints a paper, ``bands.paginate`` decides where pages end.
"""
