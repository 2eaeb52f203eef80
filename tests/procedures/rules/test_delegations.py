"""Whether one unit may act in another's place, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from haddong_portal.common.errors import Conflict
from procedures.constants import DelegatedAct
from procedures.rules.delegations import DelegationTerms, best_terms, check_delegation, why_frozen

TERMS = DelegationTerms(
    delegation_id=1,
    decision_no="12/QĐ-UBND",
    decided_on=date(2024, 1, 5),
    from_unit="Ủy ban nhân dân quận Hà Đông",
    to_unit="Phòng Tư pháp",
    valid_from=date(2024, 1, 10),
    valid_to=date(2025, 1, 10),
    revoked_on=None,
    acts=frozenset({DelegatedAct.SIGN}),
    covers_procedure=True,
)
DAY = timedelta(days=1)


def refusal(terms: DelegationTerms | None, on: date, act: str = "") -> tuple[str, str]:
    with pytest.raises(Conflict) as caught:
        check_delegation(terms, on=on, act=act, from_unit="Ủy ban nhân dân quận Hà Đông")
    assert caught.value.status == 409
    return caught.value.code, caught.value.message


@pytest.mark.parametrize("on", [TERMS.valid_from, date(2024, 6, 1), date(2025, 1, 9)])
def test_it_holds_from_its_first_day_to_the_day_before_its_end(on: date) -> None:
    check_delegation(TERMS, on=on, act=DelegatedAct.SIGN)
    assert why_frozen(TERMS, on=on) == ""


def test_it_ends_on_its_last_day_and_names_decision_and_dates() -> None:
    assert refusal(TERMS, date(2025, 1, 10)) == (
        "delegation.lapsed",
        "Ủy quyền theo Quyết định 12/QĐ-UBND ngày 05/01/2024 đã hết hiệu lực từ ngày 10/01/2025.",
    )
    assert why_frozen(TERMS, on=date(2025, 1, 10)) == (
        "Quy trình đang tạm khóa: ủy quyền theo Quyết định 12/QĐ-UBND ngày 05/01/2024 "
        "đã hết hiệu lực từ ngày 10/01/2025."
    )


def test_a_revoked_one_ended_earlier() -> None:
    revoked = replace(TERMS, revoked_on=date(2024, 7, 1))
    check_delegation(revoked, on=date(2024, 6, 30))
    code, message = refusal(revoked, date(2024, 7, 1))
    assert code == "delegation.lapsed"
    assert message.endswith("đã chấm dứt từ ngày 01/07/2024.")


def test_an_open_one_does_not_end() -> None:
    check_delegation(replace(TERMS, valid_to=None), on=date(2099, 1, 1))


def test_before_its_first_day_it_is_not_there_yet() -> None:
    code, message = refusal(TERMS, TERMS.valid_from - DAY)
    assert code == "delegation.missing"
    assert message.endswith("chỉ có hiệu lực từ ngày 10/01/2024.")


def test_nothing_at_all_names_who_would_have_to_delegate() -> None:
    assert refusal(None, TERMS.valid_from) == (
        "delegation.missing",
        "Chưa có ủy quyền của Ủy ban nhân dân quận Hà Đông để giải quyết thủ tục này.",
    )


def test_another_procedure_and_another_act_are_out_of_scope() -> None:
    assert refusal(replace(TERMS, covers_procedure=False), TERMS.valid_from)[0] == "delegation.out_of_scope"
    code, message = refusal(TERMS, TERMS.valid_from, DelegatedAct.DECIDE)
    assert code == "delegation.out_of_scope"
    assert message.endswith("không gồm việc quyết định.")


def test_the_best_of_several_is_the_one_that_allows() -> None:
    on = date(2024, 6, 1)
    lapsed = replace(TERMS, delegation_id=2, valid_from=date(2023, 1, 5), valid_to=date(2024, 1, 10))
    older = replace(lapsed, delegation_id=3, valid_to=date(2023, 6, 1))
    elsewhere = replace(TERMS, delegation_id=4, covers_procedure=False, valid_to=None)
    assert best_terms([], on=on) is None
    assert best_terms([older, elsewhere, TERMS, lapsed], on=on) == TERMS
    assert best_terms([older, elsewhere, lapsed], on=on) == lapsed
    assert best_terms([elsewhere], on=on) == elsewhere
