"""The one refusal of the house: a machine code, a Vietnamese sentence and, where there is one, the field.

Forms, htmx fragments, the REST API and commands all show the same code and sentence
(architecture: "Shape, meaning, truth").
"""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """A rule said no.

    `code` is stable and may be read over the phone ("dossier.not_open"); `message` is the
    Vietnamese sentence for people; `field` names the input at fault; `data` holds facts a
    caller may show (never personal data); `status` is the HTTP status a door should answer.
    """

    def __init__(
        self,
        code: str,
        message: str,
        field: str | None = None,
        *,
        status: int = 400,
        data: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.field = field
        self.status = status
        self.data = dict(data or {})


class NotAllowed(DomainError):
    """The actor lacks the right (HTTP 403)."""

    def __init__(
        self, message: str = "Ông/bà không có quyền thực hiện việc này.", *, code: str = "auth.not_allowed"
    ) -> None:
        super().__init__(code, message, status=403)


class NotFound(DomainError):
    """Absent, or not visible to the actor: the same answer for both (HTTP 404)."""

    def __init__(self, message: str = "Không tìm thấy nội dung này.", *, code: str = "common.not_found") -> None:
        super().__init__(code, message, status=404)


class Conflict(DomainError):
    """Somebody else was first, or the state has moved on (HTTP 409)."""

    def __init__(
        self, code: str, message: str, field: str | None = None, *, data: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, message, field, status=409, data=data)
