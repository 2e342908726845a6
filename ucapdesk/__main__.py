"""``python -m ucapdesk`` is the program, as ``ucapdesk`` is."""

from __future__ import annotations

from ucapdesk.cli import main

if __name__ == "__main__":
    main()
