"""Examples shown in the OpenAPI document; the people in them are invented."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

_CODE = "000.99.01.H26-240305-0001"
_EXPLANATION = [
    "Tiếp nhận lúc 09:00 thứ Ba, 05/03/2024.",
    "Thời hạn giải quyết: 03 ngày làm việc, không tính ngày tiếp nhận.",
    "Hẹn trả: thứ Sáu, 08/03/2024, trước 17:00.",
]

INTAKE = OpenApiExample(
    "Cấp giấy xác nhận tình trạng hôn nhân",
    request_only=True,
    value={
        "procedure_code": "1.004873",
        "person": {
            "full_name": "Trần Văn Tú",
            "personal_id": "001090000001",
            "birth_date": "1990-07-12",
            "sex": "Nam",
            "address": "Số 7 phố Lụa, phường Vạn Phúc, quận Hà Đông, Hà Nội",
        },
        "phone": "0912345678",
        "checklist": [{"name": "Tờ khai cấp giấy xác nhận tình trạng hôn nhân", "state": "paper", "originals": 1}],
        "channel": 1,
        "delivery": "desk",
    },
)
RECEIVED = OpenApiExample(
    "Đã tiếp nhận",
    response_only=True,
    status_codes=["201", "200"],
    value={
        "code": _CODE,
        "due_at": "2024-03-08T17:00:00+07:00",
        "explanation": _EXPLANATION,
        "tracking_url": f"https://motcua.example/tra-cuu/{_CODE}.QBKXVJ5Y2M7TQ4ZC/",
    },
)
DOSSIER = OpenApiExample(
    "Đang xử lý",
    response_only=True,
    status_codes=["200"],
    value={
        "code": _CODE,
        "status": "PROCESSING",
        "status_label": "Đang xử lý",
        "national_status": 4,
        "row_version": 2,
        "procedure_name": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
        "applicant": {"name": "Trần Văn Tú", "personal_id": "001090000001", "phone": "0912345678"},
        "receiving_unit": "Phường Vạn Phúc",
        "owner_unit": "Phường Vạn Phúc",
        "accepted_at": "2024-03-05T09:00:00+07:00",
        "due_at": "2024-03-08T17:00:00+07:00",
        "explanation": _EXPLANATION,
        "finished_at": None,
        "returned_at": None,
        "fee_vnd": None,
        "duty_vnd": 15000,
        "steps": [
            {
                "name": "Thẩm tra hồ sơ, soạn dự thảo kết quả",
                "action": "examine",
                "state": "working",
                "unit": "Phường Vạn Phúc",
                "officer": "Lê Quang Minh",
                "handed_at": "2024-03-05T09:00:00+07:00",
                "finished_at": None,
                "planned_minutes": 780,
                "actual_minutes": None,
            }
        ],
    },
)
EVENTS = OpenApiExample(
    "Diễn biến",
    response_only=True,
    status_codes=["200"],
    value={
        "results": [
            {
                "id": 1,
                "kind": "dossier.received",
                "kind_label": "Tiếp nhận hồ sơ",
                "at": "2024-03-05T09:00:00+07:00",
                "actor": "Nguyễn Thị Lan",
                "unit": "UBND phường Vạn Phúc",
                "from_status": "",
                "to_status": "ACCEPTED",
                "note": "",
                "details": {"due_at": "2024-03-08T17:00:00+07:00", "next_step": "Thẩm tra hồ sơ, soạn dự thảo kết quả"},
            }
        ]
    },
)
