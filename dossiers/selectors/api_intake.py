"""From the codes a connected system knows to the ids an intake needs."""

from __future__ import annotations

from haddong_portal.common.errors import DomainError
from procedures.models import ProcedureCase


def current_case(*, procedure_code: str, case_id: int | None, case_code: str) -> tuple[int, int]:
    """(procedure id, case id) in the current version; DomainError dossier.case_not_current when none fits.

    A procedure with one case needs neither `case_id` nor `case_code`.
    """
    rows = ProcedureCase.objects.filter(version__current_of__national_code=procedure_code)
    cases = list(rows.order_by("position").values_list("version__procedure_id", "pk", "code"))
    if case_id is not None:
        cases = [row for row in cases if row[1] == case_id]
    elif case_code:
        cases = [row for row in cases if row[2] == case_code]
    if len(cases) == 1:
        return cases[0][0], cases[0][1]
    raise DomainError(
        "dossier.case_not_current",
        "Không tìm thấy trường hợp này trong bản hiện hành của thủ tục, hoặc thủ tục có nhiều trường hợp, cần nêu rõ.",
        "case_id",
    )
