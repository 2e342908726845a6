"""Exchange with colleagues.

``exchange_service`` gives and receives packages, ``conflicts`` decides between the values of several people.
"""
