"""The register of rights as people read it: acts by room, roles across."""

from __future__ import annotations

from dataclasses import dataclass

from haddong_portal.accounts.constants import Role
from haddong_portal.common.actors import Actor
from haddong_portal.common.rights import all_acts

ROOMS = {
    "accounts": "Đơn vị và tài khoản",
    "calendar": "Lịch làm việc",
    "audit": "Nhật ký",
    "citizen": "Người dân, tổ chức",
    "citizens": "Người dân, tổ chức",
    "procedure": "Danh mục thủ tục",
    "procedures": "Danh mục thủ tục",
    "catalogue": "Danh mục thủ tục",
    "dossier": "Hồ sơ",
    "dossiers": "Hồ sơ",
    "notice": "Thông báo",
    "report": "Báo cáo",
    "home": "Trang đầu",
}


@dataclass(frozen=True)
class ActRow:
    """An act and whether each role may do it, in the order of Role."""

    act: str
    label: str
    allowed: tuple[bool, ...]


@dataclass(frozen=True)
class Room:
    """The acts of one room."""

    name: str
    rows: tuple[ActRow, ...]


def rights_matrix() -> list[Room]:
    """Every registered act, grouped by the word before its first dot."""
    rooms: dict[str, list[ActRow]] = {}
    for act, (label, roles) in sorted(all_acts().items()):
        row = ActRow(act, label, tuple(role.value in roles for role in Role))
        rooms.setdefault(act.split(".")[0], []).append(row)
    return [Room(ROOMS.get(key, key), tuple(rows)) for key, rows in rooms.items()]


def acts_of(actor: Actor) -> list[str]:
    """The Vietnamese names of what an actor may do, for the person's own page."""
    return sorted(label for act, (label, _) in all_acts().items() if actor.has_right(act))
