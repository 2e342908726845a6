"""Contents of papers and their layout, block by block.

``content`` and ``elements`` are plain data that papers are made of, quick to load; the other modules lay it out as bands. Papers need
``Paper``, ``Section``, ``Words`` and ``Para``; ``block_layout.BlockLayout`` lays out whatever they hold.
"""
