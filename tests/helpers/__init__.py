"""Helpers shared by the tests: frozen time, the source tree as syntax, watchers for silence, stories, pictures."""
