"""The public catalogue API: search and one procedure. No sign-in, cacheable for a minute, ETag by revision."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from haddong_portal.common.codes import national_procedure_code
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.rights import PUBLIC
from procedures.api.bodies import (
    ProblemSerializer,
    ProcedureDetailSerializer,
    ProcedurePageSerializer,
    hit_body,
    sheet_body,
)
from procedures.api.parameters import search_parameters
from procedures.constants import Level
from procedures.selectors.catalogue_index import catalogue_index
from procedures.selectors.search import SearchPage, search_procedures
from procedures.selectors.sheets import procedure_sheet

CACHE_SECONDS = 60


class PublicCatalogueView(APIView):
    """Asks nobody who they are, so no account is looked up and answers may be shared by caches."""

    permission = PUBLIC
    authentication_classes: Sequence[type[BaseAuthentication]] = ()

    def cacheable(self, request: Request, response: Response, etag: str) -> Response:
        """The answer with its validators."""
        response["ETag"] = etag
        response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
        return response

    def etag_of(self, request: Request, revision: str) -> str:
        """One address at one revision of the catalogue always has one answer."""
        asked = f"{revision} {request.get_full_path()}"
        return f'W/"{hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'

    def is_fresh(self, request: Request, etag: str) -> bool:
        """Whether the caller already holds this answer."""
        held = request.headers.get("If-None-Match", "")
        return etag in {tag.strip() for tag in held.split(",")}


class ProcedureListView(PublicCatalogueView):
    @extend_schema(
        operation_id="procedures_search",
        summary="Tìm thủ tục đang công bố",
        parameters=[
            OpenApiParameter("q", str, description="Câu tìm, có dấu hay không dấu; bỏ trống: liệt kê tất cả"),
            OpenApiParameter("unit", str, description="Khóa hoặc số của đơn vị"),
            OpenApiParameter("level", str, enum=list(Level.values), description="Cấp thực hiện"),
            OpenApiParameter("sector", int, description="Số của lĩnh vực"),
            OpenApiParameter("limit", int, description="Số dòng mỗi trang, 1 đến 50"),
            OpenApiParameter("cursor", str, description="Lấy từ địa chỉ next"),
        ],
        responses={200: ProcedurePageSerializer, 304: None, 400: ProblemSerializer},
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Results by relevance; with a unit, what it performs first."""
        index = catalogue_index()
        asked = search_parameters(request, index)
        etag = self.etag_of(request, index.revision)
        if self.is_fresh(request, etag):
            return self.cacheable(request, Response(status=304), etag)
        page = search_procedures(
            q=asked.q,
            unit_id=asked.unit_id,
            level=asked.level,
            sector_id=asked.sector_id,
            limit=asked.limit,
            cursor=asked.cursor,
            index=index,
        )
        body = {
            "results": [hit_body(row) for row in page.rows],
            "next": _next_address(request._request, page),
            "count": page.total,
        }
        return self.cacheable(request, Response(body), etag)


def _next_address(request: HttpRequest, page: SearchPage) -> str | None:
    if not page.next_cursor:
        return None
    parameters = {**request.GET.dict(), "cursor": page.next_cursor}
    return f"{request.build_absolute_uri(request.path)}?{urlencode(parameters)}"


class ProcedureDetailView(PublicCatalogueView):
    @extend_schema(
        operation_id="procedures_read",
        summary="Đọc một thủ tục đang công bố",
        parameters=[OpenApiParameter("unit", str, description="Khóa của đơn vị: nơi đó có thực hiện không")],
        responses={200: ProcedureDetailSerializer, 304: None, 404: ProblemSerializer},
        auth=[],
    )
    def get(self, request: Request, code: str) -> Response:
        """The version in force, whatever version a printed code was made for."""
        try:
            known = national_procedure_code(code)
        except DomainError as error:
            raise NotFound("Không có thủ tục mang mã này.", code="procedure.not_found") from error
        etag = self.etag_of(request, catalogue_index().revision)
        if self.is_fresh(request, etag):
            return self.cacheable(request, Response(status=304), etag)
        sheet = procedure_sheet(known, request.query_params.get("unit", "")[:80])
        return self.cacheable(request, Response(sheet_body(sheet)), etag)


class ProcedureListAlias(ProcedureListView):
    """The same list at the address without its last slash; described once in the schema."""

    schema = None


class ProcedureDetailAlias(ProcedureDetailView):
    """The same detail at the address without its last slash."""

    schema = None
