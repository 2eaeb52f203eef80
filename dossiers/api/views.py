"""The dossier API: the same services, refusals and rights as the screens."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import permissions
from dossiers.api import examples
from dossiers.api.bodies import dossier_body, intake_of, received_body
from dossiers.api.serializers import DossierOut, EventOut, EventsOut, IntakeIn, ProblemOut, ReceivedOut
from dossiers.selectors.dossier_page import dossier_page
from dossiers.selectors.events import dossier_events
from dossiers.services.receive_dossier import receive_dossier
from haddong_portal.common import clock
from haddong_portal.common.api_limits import AccountThrottle
from haddong_portal.common.errors import DomainError
from haddong_portal.common.web.views import actor_of

KEY_HEADER = "Idempotency-Key"
TAGS = ["Hồ sơ"]


class DossierListApi(APIView):
    """POST: nộp và tiếp nhận một hồ sơ."""

    permission = permissions.RECEIVE
    scope = "dossiers"
    throttle_classes = (AccountThrottle,)

    @extend_schema(
        summary="Tiếp nhận hồ sơ",
        tags=TAGS,
        request=IntakeIn,
        responses={
            201: ReceivedOut,
            200: ReceivedOut,
            400: ProblemOut,
            403: ProblemOut,
            409: ProblemOut,
            429: ProblemOut,
        },
        parameters=[
            OpenApiParameter(
                KEY_HEADER,
                str,
                OpenApiParameter.HEADER,
                required=True,
                description="Gửi lại với cùng khóa thì nhận lại đúng câu trả lời cũ (200), không tạo hồ sơ thứ hai.",
            )
        ],
        examples=[examples.INTAKE, examples.RECEIVED],
    )
    def post(self, request: Request) -> Response:
        key = request.headers.get(KEY_HEADER, "").strip()
        if not key:
            raise DomainError("idempotency.key_missing", f"Thiếu tiêu đề {KEY_HEADER}.", KEY_HEADER)
        shape = IntakeIn(data=request.data)
        shape.is_valid(raise_exception=True)
        received = receive_dossier(
            actor=actor_of(request._request), intake=intake_of(shape.validated_data), idempotency_key=key
        )
        response = Response(received_body(received), status=200 if received.already else 201)
        response["Location"] = reverse("api:dossiers-detail", kwargs={"code": received.code})
        return response


class DossierApi(APIView):
    """GET: một hồ sơ."""

    permission = permissions.READ
    scope = "dossiers"
    throttle_classes = (AccountThrottle,)

    @extend_schema(
        summary="Đọc một hồ sơ",
        tags=TAGS,
        responses={200: DossierOut, 304: None, 404: ProblemOut, 429: ProblemOut},
        parameters=[OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="ETag đã nhận.")],
        examples=[examples.DOSSIER],
    )
    def get(self, request: Request, code: str) -> Response:
        page = dossier_page(actor=actor_of(request._request), code=code, now=clock.now(), purpose="đọc qua API")
        etag = f'"{page.dossier.row_version}"'
        response = _not_modified() if request.headers.get("If-None-Match") == etag else Response(dossier_body(page))
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        return response


class DossierEventsApi(APIView):
    """GET: diễn biến của một hồ sơ."""

    permission = permissions.READ
    scope = "dossiers"
    throttle_classes = (AccountThrottle,)

    @extend_schema(
        summary="Diễn biến của hồ sơ",
        tags=TAGS,
        responses={200: EventsOut, 404: ProblemOut, 429: ProblemOut},
        examples=[examples.EVENTS],
    )
    def get(self, request: Request, code: str) -> Response:
        events = dossier_events(actor=actor_of(request._request), code=code, now=clock.now())
        results: Any = EventOut(events, many=True).data
        return Response({"results": results})


def _not_modified() -> Response:
    return Response(status=304)
