"""Values in words of each language: dates, hours, numbers, names, codes, and any field at all."""

from ucapdesk.model.text.format.dates_in_words import say_date, say_day, say_during, say_when
from ucapdesk.model.text.format.fields_in_words import say, say_field, tag_of, tagged, title_of
from ucapdesk.model.text.format.names_in_words import say_name, say_person, say_person_name
from ucapdesk.model.text.format.numbers_in_words import say_money, say_number, say_quantity
from ucapdesk.model.text.format.salutations import address_in_both, say_address, say_salutation

__all__ = [
    "address_in_both",
    "say",
    "say_address",
    "say_date",
    "say_day",
    "say_during",
    "say_field",
    "say_money",
    "say_name",
    "say_number",
    "say_person",
    "say_person_name",
    "say_quantity",
    "say_salutation",
    "say_when",
    "tag_of",
    "tagged",
    "title_of",
]
