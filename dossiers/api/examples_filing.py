"""Examples of the filing API in the OpenAPI document; the people in them are invented."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

_CODE = "000.99.01.H26-240305-0001"
_LINK = f"https://motcua.example/tra-cuu/{_CODE}.QBKXVJ5Y2M7TQ4ZC/"

APPLICATION = OpenApiExample(
    "Tổ chức nộp, người đại diện ký",
    request_only=True,
    value={
        "application": {
            "procedure_code": "1.004873",
            "unit": "phuong-van-phuc",
            "organisation": {"name": "Công ty TNHH Lụa Vạn Phúc", "tax_code": "0101234567"},
            "representative": {"full_name": "Đỗ Thị Lụa", "personal_id": "001185000009", "authority": "Giám đốc"},
            "phone": "0912345678",
            "phone_confirmed_at": "2024-03-05T08:58:00+07:00",
            "delivery": "desk",
        },
        "requirement_ids": [17],
    },
)
FILED = OpenApiExample(
    "Đã nộp",
    response_only=True,
    status_codes=["201", "200"],
    value={"code": _CODE, "check_due_at": "2024-03-06T09:00:00+07:00", "tracking_url": _LINK},
)
FILING = OpenApiExample(
    "Chờ bổ sung",
    response_only=True,
    status_codes=["200"],
    value={
        "code": _CODE,
        "status": "WAIT_SUPPLEMENT",
        "status_label": "Chờ bổ sung giấy tờ",
        "national_status": 5,
        "row_version": 2,
        "submitted_at": "2024-03-05T09:00:00+07:00",
        "check_due_at": None,
        "accepted_at": None,
        "due_at": None,
        "explanation": [],
        "finished_at": None,
        "returned_at": None,
        "closed_at": None,
        "stop_reason": "",
        "asked": {
            "reason": "Tờ khai chưa ký",
            "until": "2024-04-04T17:00:00+07:00",
            "lines": [
                {
                    "requirement_id": 17,
                    "name": "Tờ khai theo mẫu",
                    "fault": "unsigned",
                    "fault_label": "thiếu chữ ký",
                    "note": "",
                    "given": False,
                }
            ],
        },
        "may_withdraw": True,
        "slips": [
            {
                "id": 31,
                "kind": "supplement_request",
                "kind_label": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
                "number": 1,
                "year": 2024,
                "issued_at": "2024-03-05T10:00:00+07:00",
            }
        ],
        "tracking_url": _LINK,
    },
)
