"""Whatever order replies come in, and however often, the end is the same."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interlink.rules.replies import Reply, Standing, fold, fold_all

KINDS = st.sampled_from(["accepted", "working", "supplement", "returned", "refused", "done", "id_number"])
FACTS = st.dictionaries(st.sampled_from(["personal_id", "number"]), st.text("0123456789", max_size=3), max_size=2)


@st.composite
def told(draw: Any) -> list[Reply]:
    """What one agency says about one request: its numbers count from 1."""
    kinds = draw(st.lists(KINDS, min_size=1, max_size=7))
    return [Reply(kind, number, 1, draw(FACTS)) for number, kind in enumerate(kinds, start=1)]


@given(replies=told(), data=st.data())
def test_any_order_with_any_repetition_comes_to_the_same_end(replies: list[Reply], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(replies), max_size=6))
    shuffled = data.draw(st.permutations([*replies, *again]))
    assert fold_all(shuffled) == fold_all(replies)


@given(replies=told(), data=st.data())
def test_replies_to_an_earlier_generation_change_nothing(replies: list[Reply], data: st.DataObject) -> None:
    standing = fold_all(replies, generation=2)
    assert standing == Standing(2)


def test_a_lower_number_is_late_and_a_gap_blocks_nothing() -> None:
    standing, decides = fold(Standing(), Reply("working", 3))
    assert decides and standing.state == "working"
    standing, decides = fold(standing, Reply("accepted", 1))
    assert not decides and standing.state == "working"


def test_an_end_wins_over_what_is_only_under_way() -> None:
    assert fold_all([Reply("working", 5), Reply("done", 2)]).state == "done"
    assert fold_all([Reply("done", 2), Reply("working", 5)]).state == "done"
    assert fold_all([Reply("done", 2), Reply("refused", 3)]).state == "refused"


def test_a_fact_that_comes_late_is_kept_unless_a_later_one_was_told() -> None:
    late = fold_all([Reply("done", 3), Reply("id_number", 2, 1, {"personal_id": "1"})])
    assert (late.state, late.values) == ("done", {"personal_id": "1"})
    newer = fold_all([Reply("done", 3, 1, {"personal_id": "2"}), Reply("id_number", 2, 1, {"personal_id": "1"})])
    assert newer.values == {"personal_id": "2"}
