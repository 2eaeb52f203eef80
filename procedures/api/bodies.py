"""What the public API answers, as plain values and as OpenAPI serializers (which only describe)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from haddong_portal.common import clock
from procedures.selectors.rows import ProcedureRow
from procedures.selectors.sheets import ProcedureSheet


def hit_body(row: ProcedureRow) -> dict[str, object]:
    """One result of a search."""
    return {
        "code": row.code,
        "name": row.name,
        "summary": row.audience_line,
        "sector": row.sector,
        "time_limit": row.limit_text,
        "time_limit_needs_review": row.limit_needs_review,
        "fee": row.fee_text,
        "fee_is_free": row.fee_is_free,
        "where": row.where_text,
        "performed": row.performed,
        "not_performed_reason": row.reason,
    }


def sheet_body(sheet: ProcedureSheet) -> dict[str, object]:
    """A published procedure in full."""
    version = sheet.version
    return {
        "code": sheet.code,
        "name": version.name,
        "version": version.number,
        "published_at": clock.local(version.published_at) if version.published_at else None,
        "valid_from": version.valid_from,
        "summary": version.audience_line,
        "sector": version.sector.name if version.sector else "",
        "levels": version.levels,
        "service_level": version.service_level,
        "decision_no": version.decision_no,
        "time_limit": sheet.page.get("limit"),
        "fee": sheet.page.get("fee"),
        "where": sheet.page.get("where"),
        "cases": [_case_body(case) for case in sheet.page.get("cases", ())],
        "time_limits": sheet.page.get("limits", []),
        "fees": sheet.page.get("fees", []),
        "methods": version.methods,
        "steps": version.steps,
        "results": version.results,
        "conditions": version.conditions,
        "subjects": version.subjects,
        "agencies": version.agencies,
        "legal_basis": version.legal_basis,
        "forms": version.forms,
        "unit": _unit_body(sheet),
    }


def _case_body(case: Mapping[str, Any]) -> dict[str, object]:
    return {name: value for name, value in case.items() if name != "notes"} | {"remarks": case.get("notes", [])}


def _unit_body(sheet: ProcedureSheet) -> dict[str, object] | None:
    if sheet.unit is None:
        return None
    return {
        "key": sheet.unit.key,
        "name": sheet.unit.name,
        "performed": sheet.unit.performed,
        "reason": sheet.unit.reason,
    }


class ProcedureHitSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Mã thủ tục, ví dụ 1.001193")
    name = serializers.CharField()
    summary = serializers.CharField()
    sector = serializers.CharField()
    time_limit = serializers.CharField()
    time_limit_needs_review = serializers.BooleanField()
    fee = serializers.CharField()
    fee_is_free = serializers.BooleanField(help_text="Chỉ đúng khi pháp luật quy định không thu ở mọi cách nộp")
    where = serializers.CharField()
    performed = serializers.BooleanField(allow_null=True, help_text="null: đơn vị chưa trả lời, hoặc không chọn đơn vị")
    not_performed_reason = serializers.CharField()


class ProcedurePageSerializer(serializers.Serializer[Any]):
    results = ProcedureHitSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="Địa chỉ trang kế tiếp")
    count = serializers.IntegerField(help_text="Số kết quả, đếm tới 501")


class ProcedureDetailSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    valid_from = serializers.DateField(allow_null=True)
    summary = serializers.CharField()
    sector = serializers.CharField()
    levels = serializers.ListField(child=serializers.CharField())
    service_level = serializers.CharField()
    decision_no = serializers.CharField()
    time_limit = serializers.JSONField()
    fee = serializers.JSONField()
    where = serializers.CharField()
    cases = serializers.JSONField(help_text="Trường hợp, mỗi trường hợp có thành phần hồ sơ của nó")
    time_limits = serializers.JSONField(help_text="Thời hạn theo cách nộp")
    fees = serializers.JSONField(help_text="Phí, lệ phí theo cách nộp; amount_vnd null là chưa rõ, 0 là miễn phí")
    methods = serializers.JSONField()
    steps = serializers.JSONField()
    results = serializers.JSONField()
    conditions = serializers.CharField()
    subjects = serializers.ListField(child=serializers.CharField())
    agencies = serializers.JSONField()
    legal_basis = serializers.JSONField()
    forms = serializers.ListField(child=serializers.CharField())
    unit = serializers.JSONField(allow_null=True)


class ProblemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(required=False)
