"""What the operator reads when the demo is ready: where, as whom, and where to begin."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from haddong_portal.accounts.constants import DEMO_PASSPHRASE, Role
from haddong_portal.demo_runner.options import Options
from haddong_portal.demo_runner.tls import Certificate
from haddong_portal.embedded.home import REPOSITORY

STAFF_FILE = REPOSITORY / "haddong_portal" / "accounts" / "data" / "staff_demo.json"


@dataclass(frozen=True)
class DemoAccount:
    """One account worth signing in with."""

    username: str
    full_name: str
    role: str
    start_here: str


def featured_accounts(path: Path = STAFF_FILE) -> list[DemoAccount]:
    """The accounts shown to a newcomer, in their order."""
    people = json.loads(path.read_text(encoding="utf-8"))["people"]
    featured = sorted((person for person in people if person["featured"]), key=lambda row: row["featured_order"])
    return [
        DemoAccount(row["username"], row["full_name"], str(Role(row["role"]).label), row["start_here"])
        for row in featured
    ]


def welcome(options: Options, certificate: Certificate | None) -> str:
    """The whole text."""
    parts = [_addresses(options), _accounts(), _camera(options, certificate)]
    return (
        "\n\n".join([*parts, f"Dữ liệu nằm ở {options.home.root}. Dừng: Ctrl-C. Chạy lại giữ nguyên dữ liệu."]) + "\n"
    )


def _addresses(options: Options) -> str:
    lines = ["Cổng Một cửa đã sẵn sàng.", f"  Trên máy này:              {options.local_url}/"]
    if options.public_url != options.local_url:
        lines.append(f"  Từ máy khác, điện thoại:   {options.public_url}/   (mã QR mang địa chỉ này)")
    return "\n".join(lines)


def _accounts() -> str:
    accounts = featured_accounts()
    width = max(len(account.username) for account in accounts)
    lines = [f"Tài khoản dùng thử, mật khẩu chung: {DEMO_PASSPHRASE}"]
    for account in accounts:
        lines.append(f"  {account.username:<{width}}  {account.role}: {account.full_name}")
        lines.append(f"  {'':<{width}}  {account.start_here}")
    return "\n".join(lines)


def _camera(options: Options, certificate: Certificate | None) -> str:
    if certificate is None:
        return "Muốn quét mã bằng camera điện thoại: chạy `make demo HTTPS=1`."
    return (
        f"Để điện thoại tin trang này, mở {options.public_url}/static/{certificate.authority.name} và cài chứng chỉ:\n"
        "  Android: Cài đặt > Bảo mật > Mã hóa và thông tin xác thực > Cài đặt chứng chỉ > Chứng chỉ CA.\n"
        "  iPhone: Cài đặt > Đã tải về hồ sơ > Cài đặt; rồi Cài đặt chung > Giới thiệu > Cài đặt tin cậy chứng chỉ.\n"
        f"  Tệp trên máy này: {certificate.authority}"
    )
