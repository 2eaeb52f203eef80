"""Sample data of the style page: invented people and dossiers in the shapes the components take."""

from __future__ import annotations

from typing import Any

import qrcode
from qrcode.image.svg import SvgPathImage

from haddong_portal.common.web.looks import Deadline, Segment

CODE = "000.26.18.H26-240219-0042"


def _qr(text: str) -> str:
    image = qrcode.make(text, image_factory=SvgPathImage, border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    return image.to_string(encoding="unicode")


QR_SVG = _qr("https://motcua.hadong.example/q/K7F2M9")

DEADLINES = [
    Deadline("in_time", "còn 1 ngày 3 giờ làm việc", 45),
    Deadline("due_soon", "còn 2 giờ làm việc", 88),
    Deadline("late", "quá 4 giờ làm việc", 120),
    Deadline(
        "paused",
        "chờ bổ sung từ 16/02/2024",
        55,
        (Segment("run", 0, 30), Segment("pause", 30, 25), Segment("run", 55, 10)),
    ),
    Deadline("done", "trả trước hạn 1 ngày", 70),
    Deadline("done_late", "chậm 2 giờ làm việc", 100),
    Deadline("not_started", "hồ sơ trực tuyến, chưa tiếp nhận"),
]

PEOPLE = ["Nguyễn Thị Lan", "Trần Văn Minh", "Đỗ Quỳnh Nga", "Lê Hoàng Phúc", "Phạm Thị Hòa"]
PROCEDURES = [
    "Đăng ký khai sinh",
    "Cấp giấy xác nhận tình trạng hôn nhân",
    "Đăng ký thành lập hộ kinh doanh",
    "Chứng thực bản sao từ bản chính",
    "Cấp giấy phép xây dựng nhà ở riêng lẻ",
]
STEPS = ["Thẩm định", "Trình ký", "Tiếp nhận", "Trả kết quả", "Bổ sung hồ sơ"]


def work_rows() -> list[dict[str, Any]]:
    """Five dossiers, late first."""
    order = [DEADLINES[2], DEADLINES[1], DEADLINES[0], DEADLINES[3], DEADLINES[4]]
    why = ["Quá hạn từ 11:30 hôm nay", "Hẹn trả hôm nay, trước 17:00", "", "", ""]
    return [
        {
            "code": f"000.26.18.H26-240219-{40 + number:04d}",
            "procedure": PROCEDURES[number],
            "person": PEOPLE[number],
            "step": STEPS[number],
            "deadline": deadline,
            "why": why[number],
        }
        for number, deadline in enumerate(order)
    ]


def context() -> dict[str, Any]:
    """Everything the specimens show."""
    return {
        "code": CODE,
        "deadlines": DEADLINES,
        "work_rows": work_rows(),
        "crumbs": [
            {"label": "Trang chủ", "url": "/"},
            {"label": "Hộ tịch", "url": "#"},
            {"label": "Đăng ký khai sinh"},
        ],
        "tabs": [
            {"label": "Giấy tờ", "url": "#", "active": True, "icon": "files", "count": 4},
            {"label": "Diễn biến", "url": "#", "icon": "history"},
            {"label": "Tin nhắn", "url": "#", "icon": "message", "count": 0},
        ],
        "chips": [
            {"label": "Của tôi", "url": "#", "active": True, "count": 12},
            {"label": "Quá hạn", "url": "#", "count": 1, "icon": "alert-triangle"},
            {"label": "Đến hạn hôm nay", "url": "#", "count": 3, "icon": "hourglass"},
            {"label": "Cả đơn vị", "url": "#", "count": 501},
        ],
        "track": [
            {"label": "Tiếp nhận", "note": "09:10, 19/02", "state": "done"},
            {"label": "Thẩm định", "note": "Phòng Tư pháp", "state": "done"},
            {"label": "Trình ký", "note": "đang làm", "state": "now"},
            {"label": "Trả kết quả", "note": "trước 17:00, 21/02", "state": "next"},
        ],
        "events": [
            {
                "title": "Đã nhắn tin hẹn trả kết quả",
                "meta": "Hệ thống · 15:02 thứ Ba, 20/02/2024",
                "icon": "send",
                "tone": "info",
            },
            {
                "title": "Yêu cầu bổ sung 1 giấy tờ",
                "meta": "Trần Văn Minh, Phòng Tư pháp · 10:20 thứ Ba, 20/02/2024",
                "icon": "file-alert",
                "tone": "warn",
                "note": "Bản chính giấy chứng sinh bị mờ số.",
            },
            {
                "title": "Tiếp nhận hồ sơ",
                "meta": "Nguyễn Thị Lan, Một cửa · 09:10 thứ Hai, 19/02/2024",
                "icon": "check",
                "tone": "ok",
            },
        ],
        "facts": [
            {"label": "Người nộp", "value": "Nguyễn Thị Lan"},
            {"label": "Nhận kết quả", "value": "Tại bộ phận Một cửa"},
            {"label": "Người được ủy quyền", "value": ""},
        ],
        "life_events": [
            ("Sinh con", "baby-carriage"),
            ("Kết hôn", "hearts"),
            ("Chuyển nhà", "home-2"),
            ("Người thân qua đời", "candle"),
            ("Mở quán", "building-store"),
            ("Nhà đất", "map"),
        ],
        "columns": [
            {"label": "Thủ tục", "sorted": "asc", "sort_url": "#"},
            {"label": "Thời hạn"},
            {"label": "Lệ phí", "num": True},
        ],
        "table_rows": [
            {
                "url": "#",
                "cells": [
                    {"text": "Đăng ký khai sinh", "sub": "1.001193"},
                    {"text": "Trong ngày"},
                    {"text": "Không thu", "num": True},
                ],
            },
            {
                "url": "#",
                "cells": [
                    {"text": "Đăng ký thành lập hộ kinh doanh", "sub": "1.001612"},
                    {"text": "3 ngày làm việc"},
                    {"text": "100.000 đồng", "num": True},
                ],
            },
        ],
        "tones": [
            ("info", "player-play", "Đang xử lý"),
            ("ok", "circle-check", "Hợp lệ"),
            ("warn", "alert-triangle", "Cần bổ sung"),
            ("late", "alert-triangle-filled", "Quá hạn"),
            ("paused", "player-pause", "Tạm dừng"),
            ("done", "checks", "Đã trả"),
            ("", "tag", "Bản nháp"),
            ("lotus", "urgent", "Hỏa tốc"),
        ],
        "icons_shown": [
            "home",
            "search",
            "clipboard-check",
            "ticket",
            "qrcode",
            "scan",
            "id",
            "users",
            "calendar-due",
            "gavel",
            "cash",
            "signature",
            "printer",
            "share-2",
            "phone-call",
            "certificate",
            "history",
            "shield-check",
        ],
    }
