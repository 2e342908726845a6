"""Two people changed one long text. Their sentences end up in one text, whole, or somebody is asked."""

from __future__ import annotations

import difflib
import os
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.store.merge import merge3 as text_merge
from ucapdesk.store.merge.merge3 import text3, tokens

# Version 1 of the merge, for ever: every desk must come to the same text. Not to be changed, only added to.
FROZEN: list[tuple[str, str, str, str | None]] = [
    ("A. B. C.", "A. X. B. C.", "A. B. C.", "A. X. B. C."),
    ("A. B. C. D. E.", "A. X. C. D. E.", "A. B. C. D. Y.", "A. X. C. D. Y."),
    ("A. B. C.", "A. X. C.", "A. Y. C.", None),
    ("A. B. C.", "A. X. C.", "A. X. C.", "A. X. C."),
    ("A. B. C. D.", "A. C. D.", "A. B. C. ", "A. C. "),
    ("A. B. ", "A. B. C. ", "A. B. D. ", None),
    ("", "A.", "B.", None),
    ("", "A.", "", "A."),
    ("一。二。三。四。", "一。甲。二。三。四。", "一。二。三。四。乙。", "一。甲。二。三。四。乙。"),
    ("一。二。三。", "一。改。三。", "一。二。改。", None),
    ("一。二。三。四。", "改。二。三。四。", "一。二。三。改。", "改。二。三。改。"),
    ("The budget is EUR 50,000.", "The budget is EUR 75,000.", "The budget is EUR 60,000.", None),
    ("Pay 1.234.567 now. End.", "Pay 1.234.568 now. End.", "Pay 1.234.567 now. Fin.", None),
    ("a\nb\nc\nd\n", "a\nX\nb\nc\nd\n", "a\nb\nc\nY\n", "a\nX\nb\nc\nY\n"),
    ("a\nb\nc\n", "a\nb\nc\nd\n", "b\nc\n", "b\nc\nd\n"),
    (
        "Was it? Yes! No… End.",
        "Was it? Yes! Perhaps. No… End.",
        "Is it? Yes! No… End.",
        "Is it? Yes! Perhaps. No… End.",
    ),
    ("A. B. C. D.", "B. C. D.", "A. B. C. E.", "B. C. E."),
    ("A. A. A. ", "A. A. ", "A. A. A. A. ", None),
]


@pytest.mark.parametrize(("base", "a", "b", "merged"), FROZEN)
def test_a_merge_comes_out_as_it_always_did(base: str, a: str, b: str, merged: str | None) -> None:
    assert text3(base, a, b) == merged
    assert text3(base, b, a) == merged


SENTENCE = st.sampled_from(["A. ", "B. ", "EUR 50,000. ", "EUR 75,000. ", "一。", "二！", "\n", "x", "3.5 ", "? "])
TEXT = st.lists(SENTENCE, max_size=8).map("".join)


@pytest.mark.law("P11")
@given(TEXT, TEXT, TEXT)
def test_it_does_not_matter_whose_text_is_whose(base: str, a: str, b: str) -> None:
    assert text3(base, a, b) == text3(base, b, a)


@given(TEXT, TEXT)
def test_a_change_of_one_side_alone_is_taken_as_it_is(base: str, a: str) -> None:
    assert text3(base, a, base) == text3(base, base, a) == text3(base, a, a) == a
    assert text3(base, base, base) == base


@given(st.text(st.characters()))
def test_sentences_joined_are_the_text_again(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(TEXT, TEXT, TEXT)
def test_nothing_is_invented_and_no_number_is_new(base: str, a: str, b: str) -> None:
    merged = text3(base, a, b)
    if merged is not None:
        known = {*tokens(base), *tokens(a), *tokens(b)}
        assert "".join(t for t in known) or not merged
        assert set(re.findall(r"[\d.,]*\d", merged)) <= set(re.findall(r"[\d.,]*\d", f"{base}|{a}|{b}"))


def _edited(r: random.Random, sentences: list[str], mark: str) -> list[str]:
    edited = list(sentences)
    for n in range(r.randint(1, 3)):
        at = r.randrange(len(edited) + 1)
        edited[at : at + r.choice((0, 1))] = [f"{mark}{n} EUR {r.randrange(10**6)}。"] if r.random() < 0.8 else []
    return edited


@pytest.mark.law("P11")
def test_of_thousands_of_pairs_every_merge_keeps_what_both_added_and_leaves_out_what_either_removed() -> None:
    r = random.Random(3)
    clean = 0
    for _ in range(100_000 if os.environ.get("UCAPDESK_SOAK") else 3_000):
        base = [f"句{n} {r.randrange(10**6)}。" for n in range(r.randint(1, 12))]
        a, b = _edited(r, base, "甲"), _edited(r, base, "乙")
        merged = text3("".join(base), "".join(a), "".join(b))
        assert merged == text3("".join(base), "".join(b), "".join(a))
        if merged is None:
            continue
        clean += 1
        kept = [s for s in base if s in a and s in b]
        new = [s for s in (*a, *b) if s not in base]
        assert sorted(tokens(merged)) == sorted([*kept, *new])
        assert [s for s in tokens(merged) if s in kept] == kept
        assert [s for s in tokens(merged) if s in a and s not in base] == [s for s in a if s not in base]
    assert clean > 300


def test_long_minutes_are_merged_quickly() -> None:
    base = [f"Sentence {n} of the minutes, long enough to be one. " for n in range(2_000)]
    a, b = list(base), list(base)
    a[100], b[1900] = "Changed by Ana. ", "Changed by Bo. "
    merged = text3("".join(base), "".join(a), "".join(b))
    assert merged is not None
    assert "Changed by Ana. " in merged
    assert "Changed by Bo. " in merged


def _searched(old: list[str], new: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    opcodes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i, j, tuple(new[k:m])) for tag, i, j, k, m in opcodes if tag != "equal"]


@given(st.lists(st.integers(0, 30), max_size=20), st.lists(st.integers(0, 30), max_size=20), st.booleans())
def test_what_changed_is_found_as_the_first_version_found_it(old: list[int], new: list[int], once: bool) -> None:
    first, second = ([f"{n}. " for n in (sorted(set(of)) if once else of)] for of in (old, new))
    head = next((i for i, (x, y) in enumerate(zip(first, second, strict=False)) if x != y), None)
    found = text_merge._edits(first, second)
    if head == 0 and first[-1:] != second[-1:]:  # else what they begin and end with alike is taken off before
        assert found == _searched(first, second)
    assert found is not None
    assert _apply(first, found) == second


def _apply(old: list[str], edits: list[tuple[int, int, tuple[str, ...]]]) -> list[str]:
    made, at = list[str](), 0
    for start, end, new in edits:
        made += [*old[at:start], *new]
        at = end
    return [*made, *old[at:]]


def test_minutes_of_many_pages_that_two_went_through_are_merged_without_a_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_merge, "SequenceMatcher", None)
    words = [f"s{n}." for n in range(20_000)]
    ours, theirs = (
        " ".join(f"{who}{w}" if n % 4 == at else w for n, w in enumerate(words)) for who, at in (("a", 0), ("b", 2))
    )
    both = text3(" ".join(words), ours, theirs)
    assert both is not None
    assert both.split() == [f"{'a' if n % 4 == 0 else 'b' if n % 4 == 2 else ''}{w}" for n, w in enumerate(words)]
    moved = " ".join((*words[10_000:], *words[:10_000]))
    assert text3(" ".join(words), ours, moved) is None
