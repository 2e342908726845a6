"""The exchange in the window: its page and bars, and giving, receiving and deciding conflicts by ``exchange_controller``."""
