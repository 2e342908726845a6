"""Import of files: ``import_page`` shows what is proposed; ``paper_imports`` and ``list_imports`` lead through it."""
