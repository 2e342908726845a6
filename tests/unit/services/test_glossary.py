"""Counterparts of terms: from the glossary of the workspace first, then our lists, then what was written before."""

from __future__ import annotations

import pytest

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services.records import records
from ucapdesk.services.translations import glossary
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


@pytest.mark.rule("B8")
def test_a_post_of_our_lists_is_known_in_both_directions(desk: Desk) -> None:
    assert glossary.counterpart(desk, "mayor", "en", "zh") == "市长"
    assert glossary.counterpart(desk, "市长", "zh", "en") == "Mayor"
    assert glossary.counterpart(desk, " Vice   Mayor ", "en", "zh") == "副市长"
    assert glossary.counterpart(desk, "mayor of somewhere", "en", "zh") == ""
    assert glossary.counterpart(desk, "m", "en", "zh") == ""


@pytest.mark.rule("B8")
def test_the_glossary_of_the_workspace_comes_before_our_lists(desk: Desk) -> None:
    _add(desk, "glossary_term", "term.en=Mayor", "term.zh=市长先生")
    assert glossary.counterpart(desk, "Mayor", "en", "zh") == "市长先生"


@pytest.mark.rule("B8")
def test_what_was_written_before_and_names_of_cities_are_known(desk: Desk) -> None:
    person = _add(desk, "person", "name.family=Chen")
    _add(desk, "affiliation", f"owner={person}", "post.en=Liaison officer", "post.zh=联络员")
    _add(desk, "place", "name.en=Liuzhou", "name.zh=柳州")
    assert glossary.counterpart(desk, "liaison officer", "en", "zh") == "联络员"
    assert glossary.counterpart(desk, "柳州", "zh", "en") == "Liuzhou"
    assert glossary.counterpart(desk, "Liuzhou", "en", "es") == ""
    _add(desk, "place", "name.en=API", "name.zh=API")
    assert glossary.counterpart(desk, "API", "en", "zh") == ""  # the same in both is no offer


def test_terms_are_found_in_a_text_as_whole_words_the_longer_ones_first(desk: Desk) -> None:
    _add(desk, "glossary_term", "term.en=incubator", "term.zh=孵化器")
    _add(desk, "glossary_term", "term.en=open incubator", "term.zh=开放式孵化器")
    found = glossary.occurring(desk, "Visit of the Open Incubator and a pilot project", "en", "zh")
    assert [(term.source, term.target) for term in found] == [
        ("open incubator", "开放式孵化器"), ("pilot project", "试点项目"),
    ]  # fmt: skip
    assert glossary.occurring(desk, "incubators", "en", "zh") == []
    assert [term.target for term in glossary.occurring(desk, "参观孵化器", "zh", "en")] == ["incubator"]


def test_a_variant_to_avoid_is_found_unless_the_term_itself_is_there(desk: Desk) -> None:
    _add(desk, "glossary_term", "term.en=partner city", "term.zh=合作城市", "avoid=sister town,对方城市")
    assert [(term.source, term.target) for term in glossary.avoided(desk, "our sister town", "en")] == [
        ("sister town", "partner city")
    ]
    assert [term.target for term in glossary.avoided(desk, "对方城市的代表", "zh")] == ["合作城市"]
    assert glossary.avoided(desk, "sister town, that is partner city", "en") == []
