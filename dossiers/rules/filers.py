"""Who may stand as the applicant of a filing from home: a citizen, or an organisation through whoever signs for it."""

from __future__ import annotations

from haddong_portal.common.errors import DomainError

LEGAL_KEY = "ND45-2020-D9"


def check_organisation_filer(*, tax_code: str, signer_name: str, signer_id: str) -> None:
    """An organisation is known by its tax code and acts through one person who is known by number.

    Raises DomainError filing.tax_code_missing, filing.signer_missing, filing.signer_id_missing. At the counter the
    clerk sees who stands there; from home nothing else tells one organisation from another of the same name.
    """
    if not tax_code.strip():
        raise DomainError("filing.tax_code_missing", "Chưa nhập mã số thuế của tổ chức.", "tax_code")
    if not signer_name.strip():
        raise DomainError(
            "filing.signer_missing", "Chưa nhập họ tên người đại diện ký hồ sơ của tổ chức.", "representative_name"
        )
    if not signer_id.strip():
        raise DomainError(
            "filing.signer_id_missing", "Chưa nhập số định danh của người đại diện.", "representative_personal_id"
        )


def check_representative_filer(*, name: str, number: str) -> None:
    """Whoever files for somebody else says who they are.

    Raises DomainError filing.representative_missing, filing.representative_id_missing.
    """
    if not name.strip():
        raise DomainError("filing.representative_missing", "Chưa nhập họ tên người nộp thay.", "representative_name")
    if not number.strip():
        raise DomainError(
            "filing.representative_id_missing",
            "Chưa nhập số định danh người nộp thay.",
            "representative_personal_id",
        )
