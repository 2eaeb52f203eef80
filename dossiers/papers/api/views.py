"""The verification API: the same answers as the page, for anybody, with the same limits."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers.papers.api.serializers import FileIn, RefusalOut, VerificationOut
from dossiers.papers.services.verification import Authenticity, verify_code, verify_file
from haddong_portal.common.rights import PUBLIC

TAGS = ["Xác thực giấy tờ"]


class VerifyCodeApi(APIView):
    """GET: xác thực bằng mã in trên giấy."""

    permission = PUBLIC
    authentication_classes = ()

    @extend_schema(
        summary="Xác thực giấy tờ bằng mã",
        description="Mã lạ và mã của giấy tờ đã xóa nhận cùng một câu trả lời 404. Có giới hạn số lần theo địa chỉ.",
        tags=TAGS,
        auth=[],
        responses={200: VerificationOut, 404: RefusalOut, 429: RefusalOut, 503: RefusalOut},
    )
    def get(self, request: Request, code: str) -> Response:
        return _answer(verify_code(text=code, client_ip=_address(request)))


class VerifyFileApi(APIView):
    """POST: xác thực bằng tệp."""

    permission = PUBLIC
    authentication_classes = ()
    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Xác thực giấy tờ bằng tệp",
        description="Tệp được kiểm tra trong bộ nhớ rồi bỏ ngay. Có giới hạn số lần theo địa chỉ.",
        tags=TAGS,
        auth=[],
        request={"multipart/form-data": FileIn},
        responses={200: VerificationOut, 400: RefusalOut, 413: RefusalOut, 429: RefusalOut},
    )
    def post(self, request: Request) -> Response:
        shape = FileIn(data=request.data)
        shape.is_valid(raise_exception=True)
        file = shape.validated_data["file"]
        content = file.read(settings.UPLOAD_MAX_BYTES + 1)
        return _answer(verify_file(content=content, name=file.name or "", client_ip=_address(request)))


def _answer(found: Authenticity) -> Response:
    response = Response(VerificationOut(found).data)
    response["Cache-Control"] = "no-store"
    return response


def _address(request: Request) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
