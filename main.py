"""``python main.py`` is the program; what is written after it is what ``ucapdesk`` understands."""

from __future__ import annotations

from ucapdesk.cli import main

if __name__ == "__main__":
    main()
