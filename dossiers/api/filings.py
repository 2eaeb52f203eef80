"""The filing API: a connected portal files from home for its citizens, reads the state back, and acts for them."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dossiers import permissions
from dossiers.api import examples_filing as examples
from dossiers.api.filing_bodies import filed_body, filing_body, filing_in, papers_in
from dossiers.api.filing_shapes import FiledOut, FilingIn, FilingOut, PapersIn, WithdrawalIn
from dossiers.api.serializers import ProblemOut
from dossiers.api.views import KEY_HEADER
from dossiers.selectors.own_page import own_page
from dossiers.selectors.slip_pdf import own_slip_pdf
from dossiers.services.file_from_system import file_from_system
from dossiers.services.own_dossier import SystemProof, read_own
from dossiers.services.request_withdrawal import request_withdrawal_online
from dossiers.services.supplement_from_system import supplement_from_system
from dossiers.services.withdraw_filing import withdraw_filing
from haddong_portal.common import clock
from haddong_portal.common.actors import Actor
from haddong_portal.common.api_limits import AccountThrottle
from haddong_portal.common.errors import DomainError, NotAllowed
from haddong_portal.common.web.views import actor_of

TAGS = ["Nộp trực tuyến"]
PROBLEMS = {400: ProblemOut, 403: ProblemOut, 404: ProblemOut, 409: ProblemOut, 429: ProblemOut}


class FilingApi(APIView):
    """Base: an account of a connected system with a token of the scope; no session of a member of staff."""

    permission = permissions.FILE_FOR_OTHERS
    scope = "filings"
    throttle_classes = (AccountThrottle,)

    def sender(self, request: Request) -> Actor:
        """Whose token it is."""
        if request.auth is None:
            raise NotAllowed(
                "Chỉ hệ thống kết nối nộp thay người dân; tại quầy xin dùng màn hình tiếp nhận.",
                code="filing.systems_only",
            )
        return actor_of(request._request)

    def told(self, proof: SystemProof) -> Response:
        """The filing as it stands."""
        page = own_page(dossier=read_own(proof=proof), client_ip=proof.actor.ip or "", actor=proof.actor)
        response = Response(filing_body(page))
        response["ETag"] = f'"{page.dossier.row_version}"'
        response["Cache-Control"] = "private, no-cache"
        return response


class FilingListApi(FilingApi):
    """POST: nộp một hồ sơ trực tuyến."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="filings_create",
        summary="Nộp hồ sơ trực tuyến thay người dân",
        description="Thân yêu cầu là multipart/form-data: phần `application` (JSON), các phần `requirement_ids` và "
        "`files` theo cùng thứ tự. Hồ sơ ở trạng thái “Mới đăng ký” đến khi bộ phận Một cửa kiểm tra.",
        tags=TAGS,
        request={"multipart/form-data": FilingIn},
        responses={201: FiledOut, 200: FiledOut, **PROBLEMS},
        parameters=[
            OpenApiParameter(
                KEY_HEADER,
                str,
                OpenApiParameter.HEADER,
                required=True,
                description="Gửi lại với cùng khóa thì nhận lại đúng câu trả lời cũ (200), không tạo hồ sơ thứ hai.",
            )
        ],
        examples=[examples.APPLICATION, examples.FILED],
    )
    def post(self, request: Request) -> Response:
        sender, key = self.sender(request), request.headers.get(KEY_HEADER, "").strip()
        if not key:
            raise DomainError("idempotency.key_missing", f"Thiếu tiêu đề {KEY_HEADER}.", KEY_HEADER)
        filing, papers = filing_in(request)
        filed = file_from_system(actor=sender, filing=filing, papers=papers, idempotency_key=key)
        response = Response(filed_body(filed), status=200 if filed.already else 201)
        response["Location"] = reverse("api:filings-detail", kwargs={"code": filed.code})
        return response


class FilingDetailApi(FilingApi):
    """GET: trạng thái một hồ sơ đã nộp."""

    @extend_schema(
        operation_id="filings_read",
        summary="Đọc lại trạng thái hồ sơ đã nộp",
        tags=TAGS,
        responses={200: FilingOut, **PROBLEMS},
        examples=[examples.FILING],
    )
    def get(self, request: Request, code: str) -> Response:
        return self.told(SystemProof(code, self.sender(request)))


class FilingSupplementApi(FilingApi):
    """POST: gửi giấy tờ được yêu cầu bổ sung."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="filings_supplement",
        summary="Nộp lại, bổ sung theo yêu cầu",
        description="Gửi đủ mọi giấy tờ trong `asked.lines` một lần. Chưa tiếp nhận thì hồ sơ được nộp lại; đã tiếp "
        "nhận thì giấy tờ chờ bộ phận Một cửa nhận bổ sung.",
        tags=TAGS,
        request={"multipart/form-data": PapersIn},
        responses={200: FilingOut, **PROBLEMS},
    )
    def post(self, request: Request, code: str) -> Response:
        proof = SystemProof(code, self.sender(request))
        supplement_from_system(proof=proof, papers=papers_in(request))
        return self.told(proof)


class FilingWithdrawalApi(FilingApi):
    """POST: rút hồ sơ."""

    @extend_schema(
        operation_id="filings_withdraw",
        summary="Rút hồ sơ, đề nghị rút hồ sơ",
        description="Chưa tiếp nhận thì hồ sơ kết thúc ngay; đã tiếp nhận thì bộ phận Một cửa trả lời đề nghị.",
        tags=TAGS,
        request=WithdrawalIn,
        responses={200: FilingOut, **PROBLEMS},
    )
    def post(self, request: Request, code: str) -> Response:
        shape = WithdrawalIn(data=request.data)
        shape.is_valid(raise_exception=True)
        proof, reason = SystemProof(code, self.sender(request)), shape.validated_data["reason"]
        act = withdraw_filing if read_own(proof=proof).accepted_at is None else request_withdrawal_online
        act(proof=proof, reason=reason)
        return self.told(proof)


class FilingSlipApi(FilingApi):
    """GET: một phiếu dạng PDF."""

    @extend_schema(
        operation_id="filings_slip",
        summary="Tải một phiếu đã cấp (PDF)",
        tags=TAGS,
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 403: ProblemOut, 404: ProblemOut, 429: ProblemOut},
    )
    def get(self, request: Request, code: str, slip_id: int) -> HttpResponse:
        proof = SystemProof(code, self.sender(request))
        pdf = own_slip_pdf(
            dossier=read_own(proof=proof),
            slip_id=slip_id,
            client_ip=proof.actor.ip or "",
            actor=proof.actor,
            now=clock.now(),
        )
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Cache-Control"] = "private, no-store"
        return response
