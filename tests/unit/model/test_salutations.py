"""How letters begin: by title and surname in every language, with nothing guessed."""

from __future__ import annotations

import pytest

from tests.unit.model.records import make
from ucapdesk.model.kinds.people import Person
from ucapdesk.model.wording import say_salutation

WU = make(
    "person",
    name={"family": "Wu", "given": "Wenneng", "order": "family_first"},
    name_han={"family": "吴", "given": "文能"},
    salutation="mr",
    surname_capitals=True,
)
STOLLAR = make("person", name={"family": "Stollar", "given": "Bettina", "order": "given_first"}, salutation="ms")
GANDARA = make(
    "person", name={"family": "Gándara", "given": "Pablo"}, name_phonetic={"zh": "巴勃罗·甘达拉"}, salutation="mr"
)


@pytest.mark.row("B17")
@pytest.mark.parametrize(
    ("person", "post", "said"),
    [
        (WU, "director", {"en": "Dear Director WU", "zh": "尊敬的吴主任", "de": "Sehr geehrter Herr WU"}),
        (WU, None, {"en": "Dear Mr WU", "zh": "尊敬的吴先生", "es": "Estimado Sr. WU", "it": "Egregio Sig. WU"}),
        (STOLLAR, None, {"en": "Dear Ms Stollar", "zh": "尊敬的Bettina Stollar女士", "it": "Gentile Sig.ra Stollar"}),
        (GANDARA, "mayor", {"en": "Dear Mayor Gándara", "zh": "尊敬的巴勃罗·甘达拉市长"}),
        (
            make("person", name={"family": "Li", "given": "Ming"}, salutation="he"),
            "ambassador",
            {"en": "Your Excellency"},
        ),
        (make("person", name={"given": "Sudarsono"}), None, {"en": "Dear Sudarsono", "de": "Guten Tag Sudarsono"}),
        (
            make("person", name={"family": "Chen", "given": "Yan", "order": "family_first"}),
            None,
            {"en": "Dear Chen Yan"},
        ),
        (None, None, {"en": "Dear Sir or Madam", "zh": "尊敬的先生、女士", "de": "Sehr geehrte Damen und Herren"}),
    ],
)
def test_a_letter_addresses_by_title_and_surname(person: Person | None, post: str | None, said: dict[str, str]) -> None:
    assert {lang: say_salutation(person, post, lang) for lang in said} == said


def test_a_person_without_a_known_surname_is_addressed_by_the_whole_name_whatever_the_title() -> None:
    person = make("person", name_han={"given": "王小明"}, salutation="ms")
    assert say_salutation(person, "vice_mayor", "zh") == "尊敬的王小明副市长"
    assert say_salutation(person, None, "zh") == "尊敬的王小明女士"
