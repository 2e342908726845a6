"""Dates after a verb, in five languages."""

from __future__ import annotations

from ucapdesk.model.dates.formatting import say_during
from ucapdesk.model.values import PartialDate


def test_a_date_follows_the_verb() -> None:
    for edtf, lang, said in [
        ("2027-04-12/2027-04-15", "en", "from 12 to 15 April 2027"),
        ("2027-04-12/2027-04-15", "zh", "于2027年4月12日至15日"),
        ("2027-04-12/2027-04-15", "es", "del 12 al 15 de abril de 2027"),
        ("2027-04-12/2027-04-15", "it", "dal 12 al 15 aprile 2027"),
        ("2027-04-12/2027-04-15", "de", "vom 12. bis 15. April 2027"),
        ("2027-04-30/2027-05-02", "en", "from 30 April to 2 May 2027"),
        ("2027-12-30/2028-01-02", "en", "from 30 December 2027 to 2 January 2028"),
        ("2027-04-12", "en", "on 12 April 2027"),
        ("2027-04-12/2027-04-12", "en", "on 12 April 2027"),
        ("2027-04", "en", "in April 2027"),
        ("2027", "de", "2027"),
        ("2027-04~", "en", "(about April 2027)"),
        ("2027-04-12/..", "en", "(from 12 April 2027)"),
    ]:
        assert say_during(PartialDate(edtf), lang) == said, edtf
