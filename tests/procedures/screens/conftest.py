"""A small catalogue of real shape, loaded by the importer itself, and people who may edit it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from haddong_portal.accounts.constants import Role, UnitKind, UnitLevel
from haddong_portal.accounts.models import Post, Unit, User
from haddong_portal.common.actors import system_actor
from procedures.models import LifeEvent, Procedure, UnitProcedure
from procedures.services.import_catalogue import import_catalogue

SINCE = date(2023, 1, 1)
BIRTH, LAND, UNCLEAR, INCOMPLETE = "1.001193", "1.012765", "2.000635", "1.009999"


def paper(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "original": 1, "copy": 0, "forms": [], "kind": "submit", "required": True, **more}


def record(code: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "field": "Hộ tịch",
        "levels": ["xa"],
        "subjects": ["Công dân Việt Nam"],
        "agencies": {"executing": "Ủy ban nhân dân phường"},
        "steps": [{"name": "Nộp hồ sơ", "text": "Mang giấy tờ đến bộ phận Một cửa."}],
        "methods": [method(3, 0)],
        "components": [{"group": "Thông thường", "is_case": True, "items": [paper("Tờ khai")]}],
        "results": [{"name": "Kết quả", "code": ""}],
        "legal": [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}],
        "updated_at": "2024-09-01",
        "source": "thử",
        "audience_line": f"Để làm {name.lower()}.",
        **more,
    }


def method(days: int, amount_vnd: int, text: str = "", words: str = "") -> dict[str, Any]:
    fees = [{"type": "lệ phí", "amount_vnd": amount_vnd, "text": text}]
    unit = None if words else "working_day"
    return {
        "method": "direct",
        "time_value": None if words else days,
        "time_unit": unit,
        "time_text": words or f"{days:02d} ngày làm việc",
        "fees": fees,
        "note": "",
    }


RECORDS = [
    record(
        BIRTH,
        "Đăng ký khai sinh",
        components=[
            {
                "group": "Cha mẹ đã kết hôn",
                "is_case": True,
                "items": [
                    paper("Tờ khai đăng ký khai sinh", electronic_substitute="Không cần nếu đã có bản điện tử."),
                    paper("Giấy chứng sinh"),
                ],
            },
            {
                "group": "Con ngoài giá thú",
                "is_case": True,
                "items": [paper("Tờ khai đăng ký khai sinh"), paper("Văn bản nhận cha, mẹ, con", copy=2)],
            },
        ],
    ),
    record(LAND, "Sang tên sổ đỏ", methods=[method(10, 500000)], field="Đất đai", levels=["huyen"]),
    record(
        UNCLEAR,
        "Cấp bản sao trích lục",
        methods=[method(0, 0, "Theo quy định của HĐND thành phố", "Theo thời hạn của cơ quan cấp trên")],
    ),
    record(INCOMPLETE, "Thủ tục thiếu phần", subjects=[]),
]


@pytest.fixture
def catalogue(db: None, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(RECORDS, ensure_ascii=False), encoding="utf-8")
    import_catalogue(actor=system_actor(), path=file, publish=True)
    LifeEvent.objects.create(
        slug="sinh-con-thu", title="Sinh con", line="Khai sinh.", icon="heart", codes=[BIRTH, "9.999999"], position=1
    )


@pytest.fixture
def ward(db: None) -> Unit:
    return Unit.objects.create(
        key="phuong-van-quan-thu",
        name="Phường Văn Quán",
        short_name="Văn Quán",
        kind=UnitKind.WARD,
        level=UnitLevel.WARD,
        has_one_stop_desk=True,
        desk_name="Bộ phận Một cửa phường Văn Quán",
        valid_from=SINCE,
    )


@pytest.fixture
def performed(catalogue: None, ward: Unit) -> Unit:
    """The ward does births; it sends land elsewhere and says why."""
    UnitProcedure.objects.create(unit=ward, procedure=Procedure.objects.get(national_code=BIRTH), handling_unit=ward)
    UnitProcedure.objects.create(
        unit=ward,
        procedure=Procedure.objects.get(national_code=LAND),
        performed=False,
        reason="Nộp tại Chi nhánh đất đai quận.",
    )
    return ward


@pytest.fixture
def person_in(ward: Unit) -> Callable[[Role], User]:
    def make(role: Role) -> User:
        user = User.objects.create_user(f"thu.{role.value}", password="sen-hong-2024", full_name="Nguyễn Thu Lan")
        Post.objects.create(user=user, unit=ward, role=role, title=str(role.label), valid_from=SINCE)
        return user

    return make
