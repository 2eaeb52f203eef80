"""Survey codes: they say what an answer is filed under, stay the same on a reprint, and end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.errors import DomainError
from haddong_portal.common.signed_codes import sign
from haddong_portal.common.survey_codes import read_survey_code, survey_code, survey_url

DAY = date(2024, 3, 5)
SLIP: dict[str, Any] = {
    "unit_id": 17,
    "form": "01",
    "procedure_code": "1.012765",
    "slip": "receipt/8812",
    "issued_on": DAY,
}


def test_a_code_says_what_the_answer_is_filed_under() -> None:
    said = read_survey_code(survey_code(**SLIP), today=DAY)
    assert (said.unit_id, said.form, said.procedure_code) == (17, "01", "1.012765")
    assert said.expires_on == DAY + timedelta(days=30)


def test_the_slip_itself_cannot_be_read_from_the_code() -> None:
    assert "8812" not in survey_code(**SLIP)
    assert survey_code(**SLIP) != survey_code(**SLIP | {"slip": "receipt/8813"})


def test_a_reprint_carries_the_same_code_and_another_form_another() -> None:
    assert survey_code(**SLIP) == survey_code(**SLIP)
    digests = {read_survey_code(survey_code(**SLIP | {"form": form}), today=DAY).digest for form in ("01", "02", "03")}
    assert len(digests) == 3


def test_the_last_day_counts_and_the_next_does_not(settings: Any) -> None:
    settings.SURVEY_DAYS = 10
    code = survey_code(**SLIP)
    read_survey_code(code, today=date(2024, 3, 15))
    with pytest.raises(DomainError) as refusal:
        read_survey_code(code, today=date(2024, 3, 16))
    assert (refusal.value.code, refusal.value.status) == ("survey.expired", 410)
    assert "15/03/2024" in refusal.value.message


def test_a_code_of_another_purpose_or_changed_by_hand_is_refused() -> None:
    good = survey_code(**SLIP)
    value = good.rpartition(".")[0]
    for forged in (sign("tracking", value), good.replace("17-", "18-", 1), value, "", "khong-co"):
        with pytest.raises(DomainError) as refusal:
            read_survey_code(forged, today=DAY)
        assert refusal.value.code == "codes.signature"


def test_the_address_is_public_and_short_enough_for_a_small_code() -> None:
    url = survey_url(**SLIP)
    assert url.startswith("http://testserver/danh-gia/17-01-")
    assert len(url) < 120


@given(
    st.integers(1, 999_999),
    st.from_regex(r"[0-9A-Za-z]{1,4}", fullmatch=True),
    st.from_regex(r"([0-9.]{1,12})?", fullmatch=True),
)
def test_what_is_written_is_what_is_read(unit_id: int, form: str, procedure_code: str) -> None:
    code = survey_code(unit_id=unit_id, form=form, procedure_code=procedure_code, slip="x", issued_on=DAY)
    said = read_survey_code(code, today=DAY)
    assert (said.unit_id, said.form, said.procedure_code) == (unit_id, form, procedure_code)
