"""Printing: ``paper_dialog`` with the options and gaps of a paper, ``print_preview`` with its pages, and the house style."""
