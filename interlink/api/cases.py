"""The linked cases' API: the same services, refusals and rights as the screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers.api.serializers import ProblemOut
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.views import actor_of
from interlink import permissions
from interlink.api.shapes import DeclarationIn, LinkedCaseOut, OpenedOut
from interlink.models import LinkedCase
from interlink.selectors.case_links import case_tracking_url
from interlink.selectors.case_page import CasePage, LegDetail, visible_case
from interlink.services.open_case import DeclarationData, open_case
from interlink.services.read_case import read_case

KEY_HEADER = "Idempotency-Key"
TAGS = ["Liên thông"]
PURPOSE = "hệ thống kết nối đọc hồ sơ liên thông"
DECLARATION = OpenApiExample(
    "Khai sinh, thường trú, bảo hiểm y tế",
    request_only=True,
    value={
        "group": "birth",
        "facts": {
            "requester.full_name": "Trần Văn Tú",
            "requester.personal_id": "001090012345",
            "requester.phone": "0912345678",
            "child.full_name": "Trần Minh An",
            "child.birth_date": "2024-12-01",
            "birth_notice.number": "GCS-0123/2024",
        },
        "papers": {"birth_notice": {"state": "electronic"}},
        "source_system": "Cổng Dịch vụ công quốc gia",
    },
)


class LinkedCaseListApi(APIView):
    """POST: khai một lần cho một nhóm thủ tục liên thông."""

    permission = permissions.OPEN
    scope = "linked-cases"

    @extend_schema(
        operation_id="linked_cases_create",
        summary="Khai một lần, tiếp nhận hồ sơ liên thông",
        description="Mỗi thông tin chỉ khai một lần; các cơ quan trong nhóm nhận phần của mình. Lỗi khai trả về đủ một "
        "lần trong `faults`.",
        tags=TAGS,
        request=DeclarationIn,
        responses={201: OpenedOut, 200: OpenedOut, 400: ProblemOut, 403: ProblemOut, 409: ProblemOut},
        parameters=[
            OpenApiParameter(
                KEY_HEADER,
                str,
                OpenApiParameter.HEADER,
                required=True,
                description="Gửi lại với cùng khóa thì nhận lại đúng câu trả lời cũ (200), không mở hồ sơ thứ hai.",
            )
        ],
        examples=[DECLARATION],
    )
    def post(self, request: Request) -> Response:
        key = request.headers.get(KEY_HEADER, "").strip()
        if not key:
            raise DomainError("idempotency.key_missing", f"Thiếu tiêu đề {KEY_HEADER}.", KEY_HEADER)
        shape = DeclarationIn(data=request.data)
        shape.is_valid(raise_exception=True)
        actor = actor_of(request._request)
        opened = open_case(actor=actor, data=declaration_of(shape.validated_data), idempotency_key=key)
        case = visible_case(actor=actor, code=opened.code)
        told = {"code": opened.code, "group_due_at": opened.group_due_at, "tracking_url": case_tracking_url(case)}
        response = Response(OpenedOut(told).data, status=200 if opened.already else 201)
        response["Location"] = reverse("api:linked-cases-detail", kwargs={"code": opened.code})
        return response


class LinkedCaseDetailApi(APIView):
    """GET: một hồ sơ liên thông với từng việc."""

    permission = permissions.READ
    scope = "linked-cases"

    @extend_schema(
        operation_id="linked_cases_read",
        summary="Đọc hồ sơ liên thông",
        tags=TAGS,
        responses={200: LinkedCaseOut, 403: ProblemOut, 404: ProblemOut},
    )
    def get(self, request: Request, code: str) -> Response:
        case, page = read_case(actor=actor_of(request._request), code=code, purpose=PURPOSE, now=clock.now())
        response = Response(LinkedCaseOut(case_body(case, page)).data)
        response["ETag"] = f'"{case.row_version}"'
        response["Cache-Control"] = "private, no-cache"
        return response


def declaration_of(data: Mapping[str, Any]) -> DeclarationData:
    """The service's values of a checked body."""
    papers = {
        key: {"state": one["state"], "note": one["note"]} | ({"paper": str(one["paper"])} if one["paper"] else {})
        for key, one in data["papers"].items()
    }
    return DeclarationData(
        group_code=data["group"],
        fields=data["facts"],
        papers=papers,
        agreed=data["agreed"],
        is_verified=data["is_verified"],
        channel=data["channel"],
        source_system=data["source_system"],
    )


def case_body(case: LinkedCase, page: CasePage) -> dict[str, Any]:
    """A case as its sender reads it."""
    columns = ("code", "state", "row_version", "declared_at", "deemed_at", "group_due_at", "ended_at")
    return {
        **{name: getattr(case, name) for name in columns},
        "group": case.group.code,
        "state_label": page.look.word,
        "explanation": case.due_explanation,
        "needs": page.needs,
        "legs": [_leg(leg) for leg in page.legs],
        "confirmations": [
            {"role": one.role, "role_label": one.role_name, "state": one.state, "due_at": one.due_at}
            for one in case.confirmations.all()
        ],
        "tracking_url": case_tracking_url(case),
    }


def _leg(leg: LegDetail) -> dict[str, Any]:
    line, row = leg.line, leg.leg
    return {
        **{
            name: getattr(line, name) for name in ("key", "name", "agency", "state", "is_late", "due_at", "explanation")
        },
        **{name: getattr(row, name) for name in ("clock_of", "started_at", "done_at")},
        "state_label": line.look.word,
        "dossier_code": leg.dossier_code,
        "outcome": leg.outcome,
    }
