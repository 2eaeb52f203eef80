"""The agencies of the sandbox: their codes, the services they offer, where they listen."""

from __future__ import annotations

from dataclasses import dataclass

MEMBER_PREFIX = "VN/GOV/SANDBOX"
PORTAL_MEMBER = "VN/GOV/HADONG/MOTCUA"
PORT_FIRST = 8451


@dataclass(frozen=True, slots=True)
class SandboxAgency:
    code: str
    name: str
    port_offset: int

    @property
    def member(self) -> str:
        return f"{MEMBER_PREFIX}/{self.code.upper()}"

    @property
    def service(self) -> str:
        return f"{self.member}/linked/v1"


AGENCIES = (
    SandboxAgency("police", "Công an (đăng ký, quản lý cư trú)", 0),
    SandboxAgency("social_insurance", "Bảo hiểm xã hội", 1),
    SandboxAgency("civil_status", "Hệ thống thông tin hộ tịch", 2),
    SandboxAgency("social_affairs", "Bảo trợ xã hội, người có công", 3),
    SandboxAgency("national_portal", "Cổng Dịch vụ công quốc gia", 4),
)
BY_CODE = {agency.code: agency for agency in AGENCIES}
