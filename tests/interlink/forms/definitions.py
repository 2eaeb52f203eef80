"""A small group with every kind of field, for tests of the page that draws it."""

from __future__ import annotations

from typing import Any

BY_POST = {"field": "delivery.way", "is": ["post"]}

SMALL: dict[str, Any] = {
    "sections": [
        {"key": "child", "label": "Trẻ", "person": True},
        {"key": "delivery", "label": "Nhận kết quả", "person": False},
    ],
    "fields": [
        {"key": "child.full_name", "label": "Họ và tên", "kind": "text", "section": "child", "required": True},
        {"key": "child.birth_date", "label": "Ngày sinh", "kind": "date", "section": "child", "required": True},
        {"key": "child.birth_time", "label": "Giờ sinh", "kind": "time", "section": "child", "required": False},
        {
            "key": "child.personal_id",
            "label": "Số định danh",
            "kind": "personal_id",
            "section": "child",
            "required": False,
            "from": "card",
        },
        {
            "key": "delivery.way",
            "label": "Cách nhận",
            "kind": "choice",
            "section": "delivery",
            "required": True,
            "choices": [["desk", "Tại quầy"], ["post", "Bưu chính"]],
        },
        {
            "key": "delivery.address",
            "label": "Địa chỉ nhận",
            "kind": "place",
            "section": "delivery",
            "required": BY_POST,
        },
        {
            "key": "delivery.insured",
            "label": "Bảo đảm",
            "kind": "flag",
            "section": "delivery",
            "required": {"all": [BY_POST, {"not": {"field": "delivery.address", "is": ["Nhà bên"]}}]},
        },
        {"key": "delivery.phone", "label": "Điện thoại", "kind": "phone", "section": "delivery", "required": False},
        {"key": "delivery.email", "label": "Thư", "kind": "email", "section": "delivery", "required": False},
        {"key": "delivery.copies", "label": "Số bản", "kind": "number", "section": "delivery", "required": False},
    ],
}

FILLED = {
    "child__full_name": "Nguyễn Minh An",
    "child__birth_date": "5/12/2024",
    "child__birth_time": "8h05",
    "delivery__way": "desk",
}
