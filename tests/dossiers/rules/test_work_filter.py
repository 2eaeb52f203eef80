"""The filters in an address: read and written back the same, bent ones left out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.constants import Status
from dossiers.rules.work_filter import FLAGS, ROWS, SCOPES, WorkFilter, read_filter, read_query

WORDS = st.text(alphabet="abc đặng.-&=+#?", max_size=20).map(str.strip)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(
    st.builds(
        WorkFilter,
        scope=st.sampled_from(list(SCOPES)),
        flag=st.sampled_from(list(FLAGS)),
        q=WORDS,
        procedure=WORDS,
        status=st.sampled_from(["", *Status.values]),
        due_from=DAYS,
        due_to=DAYS,
        officer=WORDS,
        received_by=WORDS,
        desk=WORDS,
        holder=WORDS,
        rows=st.sampled_from(["", *ROWS]),
    )
)
def test_an_address_says_what_was_asked(wish: WorkFilter) -> None:
    assert read_query(wish.query()) == wish
    assert read_filter(wish.parameters()) == wish


@given(st.dictionaries(st.sampled_from(["pham-vi", "loc", "trang-thai", "han-tu", "so-dong", "la"]), st.text()))
def test_whatever_comes_becomes_a_filter(values: dict[str, str]) -> None:
    wish = read_filter(values)
    assert wish.scope in SCOPES and wish.flag in FLAGS
    assert read_query(wish.query()) == wish


@pytest.mark.parametrize(
    ("query", "narrows"), [("pham-vi=tat-ca&loc=qua-han&q=an", False), ("thu-tuc=1.004873", True), ("han-tu=2", False)]
)
def test_only_more_than_the_usual_narrows(query: str, narrows: bool) -> None:
    assert read_query(query).narrows is narrows


def test_one_condition_is_dropped_and_the_others_stay() -> None:
    wish = read_query("loc=qua-han&nguoi=lan.nt&han-tu=2024-03-05")
    assert wish.without("officer") == read_query("loc=qua-han&han-tu=2024-03-05")
