"""Made-up catalogue records in the importer's shape; change one thing at a time with keywords."""

from __future__ import annotations

from typing import Any


def record(code: str = "1.000001", **changes: Any) -> dict[str, Any]:
    """A record with all seven statutory parts."""
    whole: dict[str, Any] = {
        "code": code,
        "name": "Cấp giấy xác nhận thử",
        "field": "Hộ tịch",
        "field_code": "G15-TP07",
        "levels": ["xa"],
        "scope": "STANDARD",
        "decision_no": "1/QĐ-BTP",
        "subjects": ["Công dân Việt Nam"],
        "agencies": {"executing": "Ủy ban nhân dân cấp xã"},
        "steps": [{"name": "Bước 1", "text": "Nộp hồ sơ."}],
        "methods": [method("direct"), method("online")],
        "processing_time": "3 ngày làm việc",
        "components": [{"group": "", "items": [paper("Tờ khai theo mẫu")]}],
        "results": [{"name": "Giấy xác nhận", "code": "KQ.1"}],
        "conditions": "",
        "legal": [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}],
        "forms": [],
        "updated_at": "2024-09-01",
        "source": {"origin_url": "https://dichvucong.example/x", "crawled": "2024-09"},
    }
    return whole | changes


def method(channel: str, **changes: Any) -> dict[str, Any]:
    """A way of filing: 3 working days, free by law."""
    whole: dict[str, Any] = {
        "method": channel,
        "time_value": 3,
        "time_unit": "working_day",
        "time_text": "3 ngày làm việc",
        "fees": [{"type": "lệ phí", "amount_vnd": 0, "text": ""}],
        "note": "",
    }
    return whole | changes


def paper(name: str, original: int | None = 1, copy: int | None = 0, **changes: Any) -> dict[str, Any]:
    """One listed paper."""
    return {"name": name, "original": original, "copy": copy} | changes
