"""A small group with every kind of field, for tests of the page that draws it."""

from __future__ import annotations

from typing import Any

BY_POST = {"field": "delivery.way", "is": ["post"]}

SMALL: dict[str, Any] = {
    "sections": [
        {"key": "requester", "label": "Người yêu cầu", "person": True},
        {"key": "delivery", "label": "Nhận kết quả"},
        {"key": "insurance", "label": "Bảo hiểm", "when": {"field": "delivery.way", "is": ["desk"]}},
    ],
    "fields": [
        {"key": "requester.full_name", "label": "Họ và tên", "kind": "text", "section": "requester", "required": True},
        {"key": "requester.birth_date", "label": "Ngày sinh", "kind": "date", "section": "requester", "required": True},
        {"key": "requester.hour", "label": "Giờ", "kind": "time", "section": "requester"},
        {
            "key": "requester.personal_id",
            "label": "Số định danh",
            "kind": "personal_id",
            "section": "requester",
            "from": "card",
        },
        {
            "key": "delivery.way",
            "label": "Cách nhận",
            "kind": "choice",
            "section": "delivery",
            "required": True,
            "choices": [{"value": "desk", "label": "Tại quầy"}, {"value": "post", "label": "Bưu chính"}],
        },
        {
            "key": "delivery.address",
            "label": "Địa chỉ nhận",
            "kind": "place",
            "section": "delivery",
            "required": True,
            "when": BY_POST,
        },
        {
            "key": "delivery.insured",
            "label": "Bảo đảm",
            "kind": "flag",
            "section": "delivery",
            "required": {"not": {"field": "delivery.address", "is": ["Nhà bên"]}},
            "when": {"field": "delivery.address", "filled": True},
        },
        {"key": "delivery.phone", "label": "Điện thoại", "kind": "phone", "section": "delivery"},
        {"key": "delivery.email", "label": "Thư", "kind": "email", "section": "delivery"},
        {"key": "delivery.copies", "label": "Số bản", "kind": "number", "section": "delivery"},
        {"key": "insurance.place", "label": "Nơi khám", "kind": "place", "section": "insurance", "required": True},
    ],
    "papers": [],
    "confirmations": [],
    "legs": [],
    "subject": [],
    "requester": "requester",
}

FILLED = {
    "requester__full_name": "Nguyễn Minh An",
    "requester__birth_date": "5/12/1990",
    "requester__hour": "8h05",
    "delivery__way": "desk",
    "insurance__place": "Bệnh viện Hà Đông",
}
