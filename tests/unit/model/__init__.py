"""Tests of kinds, values, codes, rules and wording."""
