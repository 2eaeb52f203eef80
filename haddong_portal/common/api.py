"""REST glue: rights by attribute, refusals as RFC 9457 problems with our codes.

Django REST framework loads this module while its own `views` module is still loading, so nothing here imports
`rest_framework.views` at the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rest_framework.exceptions import APIException, Throttled, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC, SIGNED_IN
from haddong_portal.common.web.views import actor_of

if TYPE_CHECKING:
    from rest_framework.views import APIView


class HasRight(BasePermission):
    """Reads `permission` of the API class: an act, SIGNED_IN or PUBLIC. No attribute, no access.

    A class with a `scope` lets a bearer token in only if the token was given that scope.
    """

    message = "Không có quyền gọi chức năng này."

    def has_permission(self, request: Request, view: APIView) -> bool:
        demanded = getattr(view, "permission", None)
        if demanded == PUBLIC:
            return True
        if not demanded or not (request.user and request.user.is_authenticated):
            return False
        scope, token = getattr(view, "scope", ""), cast("Any", request.auth)
        if scope and token is not None and not token.is_valid([scope]):
            return False
        return demanded == SIGNED_IN or actor_of(request._request).has_right(demanded)


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as `{code, message, field?, errors?}` with the right status."""
    from rest_framework.views import exception_handler  # see the module's docstring

    if isinstance(exc, DomainError):
        body = {"code": exc.code, "message": exc.message, "field": exc.field, **exc.data}
        return Response({k: v for k, v in body.items() if v is not None}, status=exc.status)
    response = exception_handler(exc, context)
    if response is not None:
        response.data = _as_problem(exc, response.data)
    return response


def _as_problem(exc: Exception, data: Any) -> dict[str, Any]:
    if isinstance(exc, ValidationError):
        return {"code": "api.invalid", "message": "Dữ liệu gửi lên chưa đúng.", "errors": data}
    if isinstance(exc, Throttled):
        wait_s = round(cast("Any", exc).wait or 0)
        told = f"Tài khoản này gọi quá nhiều lần. Xin thử lại sau {wait_s} giây."
        return {"code": "api.too_many", "message": told}
    code = exc.default_code if isinstance(exc, APIException) else "not_found"
    detail = data.get("detail") if isinstance(data, dict) else None
    return {"code": f"api.{code}", "message": str(detail or exc)}
