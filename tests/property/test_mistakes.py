"""The tests tested: with a mistake planted in the store, the scripts fail."""

from __future__ import annotations

import pytest

from tests.property import mistakes

# Where each mistake was last found; written by ``python -m tests.property.mistakes``.
SEEDS = {
    "the_later_clock_wins_silently": 0,
    "nothing_ever_supersedes": 0,
    "what_comes_last_wins": 0,
    "equal_times_are_settled_by_arrival": 9,
    "equal_values_are_asked": 0,
    "places_in_lists_are_asked": 13,
    "states_of_translations_are_asked": 124,
    "an_answered_question_stands": 5,
    "long_texts_are_merged_where_they_touch": 3,
    "any_older_text_serves_as_the_base": 43,
    "a_gap_of_a_device_is_not_noticed": 0,
    "what_the_author_had_seen_need_not_be_here": 2,
    "nothing_missing_is_ever_noticed": 0,
    "a_changeset_is_applied_twice": 0,
    "what_was_seen_is_not_said": 0,
    "the_clock_learns_from_what_comes_in": 0,
    "a_delete_always_wins": 0,
    "what_was_written_into_parts_does_not_count": 23,
    "the_delete_of_a_part_counts_for_the_whole": 11,
    "a_part_in_the_trash_no_longer_counts": 320,
    "the_owner_of_before_is_not_looked_at_again": 272,
    "parts_are_not_hidden_with_the_whole": 10,
    "a_new_part_of_something_hidden_is_shown": 23,
    "an_older_program_overlooks_owners_it_does_not_know": 24,
    "the_index_is_not_kept": 0,
    "the_index_overlooks_sets": 0,
    "sets_are_not_derived": 0,
    "texts_in_one_column_push_each_other_out": 0,
    "a_step_back_counts_numbers_instead_of_values": 16,
    "taking_an_answer_back_does_not_ask_again": 14,
    "taking_a_delete_back_writes_what_the_cell_held": 21,
    "a_step_back_writes_into_the_trash": 374,
    "a_step_back_answers_questions": 51,
    "making_a_record_is_taken_back_whatever_others_wrote": 432,
    "a_member_made_again_keeps_what_it_had": 159,
    "a_new_place_is_the_same_as_its_neighbours": 70,
}


@pytest.mark.law("P20")
@pytest.mark.parametrize("mistake", mistakes.MISTAKES)
def test_a_planted_mistake_is_found(mistake: str) -> None:
    assert mistakes.finds(mistake, SEEDS[mistake]), "its script no longer finds it: python -m tests.property.mistakes"
