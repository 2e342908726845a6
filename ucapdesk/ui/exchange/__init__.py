"""The exchange in the window: giving, receiving, and deciding conflicts."""
