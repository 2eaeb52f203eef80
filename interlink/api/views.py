"""The call-back door: an agency brings a reply. Its signature is the authentication, its message id the safety."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from haddong_portal.common.attempts import too_many_attempts
from haddong_portal.common.errors import DomainError
from haddong_portal.common.rights import PUBLIC
from interlink.api.parsers import JoseParser
from interlink.api.serializers import ProblemOut, ReplyTakenOut
from interlink.selectors.agencies import connected_member
from interlink.services.receive_reply import receive_reply
from interlink.wire.errors import WireError
from interlink.wire.headers import CLIENT, ID, SERVICE, read_headers

WINDOW_S = 60


class AgencyRepliesApi(APIView):
    """POST: cơ quan gửi kết quả xử lý."""

    permission = PUBLIC
    authentication_classes = ()
    parser_classes = (JoseParser,)

    @extend_schema(
        summary="Nhận tin trả lời của cơ quan liên thông",
        description=(
            "Thân tin là JWS ký bằng khóa đã đăng ký của cơ quan (docs/agency-protocol.yaml). "
            "Gửi lại cùng một tin thì nhận 200 và không đổi gì."
        ),
        tags=["Liên thông"],
        auth=[],
        request={"application/jose": OpenApiTypes.STR},
        responses={
            202: ReplyTakenOut,
            200: ReplyTakenOut,
            400: ProblemOut,
            401: ProblemOut,
            413: ProblemOut,
            429: ProblemOut,
        },
        parameters=[
            OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True) for name in (CLIENT, SERVICE, ID)
        ],
    )
    def post(self, request: Request) -> Response:
        _check_rate(str(request.META.get("REMOTE_ADDR", "")))
        try:
            headers = read_headers(dict(request.headers))
        except WireError as error:
            raise DomainError("reply.refused", "Thiếu tiêu đề của tin.", data={"reason": error.code}) from error
        agency = connected_member(headers.client)
        if agency is None:
            raise DomainError("reply.unknown_agency", "Cơ quan chưa được kết nối.", status=401)
        signed = str(request.data)
        received = receive_reply(agency=agency, signed=signed, wire_id=headers.message_id)
        body = {"message_id": received.wire_id, "already": received.already}
        return Response(body, status=200 if received.already else 202)


def _check_rate(address: str) -> None:
    most = settings.INTERLINK_CALLBACKS_PER_MINUTE_MAX
    if too_many_attempts("agency-reply", address, most=most, window_s=WINDOW_S):
        raise DomainError("api.too_many", "Gửi quá nhiều lần trong một phút. Tin sẽ được hỏi lại sau.", status=429)
