"""Tests that read the source instead of running it: layers, sizes, licences, texts."""
