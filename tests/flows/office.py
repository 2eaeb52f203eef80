"""An office at work in the flow tests: a dossier from its first step to its recorded result, by whom it belongs to."""

from __future__ import annotations

from pathlib import Path

from haddong_portal.common.signing.signed import is_signed
from tests.browser import assert_axe
from tests.flows.desk import Seat, a_small_pdf
from tests.running import RunningPortal
from tests.scale import wait_for


def where(portal: RunningPortal, code: str) -> tuple[str, str]:
    with portal.database():
        from dossiers.models import Dossier

        dossier = Dossier.objects.get(code=code)
        return dossier.current_role, dossier.current_action


def take(seat: Seat, code: str) -> None:
    seat.look("/ho-so/viec/")
    row = seat.page.get_by_role("link", name=code)
    row.focus()
    with seat.page.expect_navigation():
        seat.page.keyboard.press("Enter")
    assert_axe(seat.page)
    with seat.page.expect_navigation():
        seat.page.get_by_role("button", name="Nhận việc").press("Enter")
    assert_axe(seat.page)


def work_until_the_result(portal: RunningPortal, seats: dict[str, Seat], code: str) -> None:
    """Every step by the role it belongs to; the leader signs."""
    worked = []
    for _ in range(8):
        role, action = where(portal, code)
        worked.append(role)
        seat = seats[role]
        take(seat, code)
        if action in ("record_result", "return_result"):
            break
        label = "Ký" if action == "sign" else "Chuyển bước"
        with seat.page.expect_navigation():
            seat.page.locator("form.act").get_by_role("button", name=label, exact=True).press("Enter")
        assert seat.page.locator(".alert-danger").count() == 0, seat.page.inner_text("main")
        assert_axe(seat.page)
    assert {"officer", "leader"} <= set(worked), worked


def record_the_result(portal: RunningPortal, seats: dict[str, Seat], code: str, number: str, tmp_path: Path) -> None:
    """The file uploaded on the dossier's page; soon after, its download is the signed paper."""
    role, _ = where(portal, code)
    page = seats[role].page
    paper = tmp_path / "giay-xac-nhan.pdf"
    paper.write_bytes(a_small_pdf())
    form = page.locator("form.act").filter(has=page.get_by_label("Tệp kết quả"))
    form.get_by_label("Số, ký hiệu").fill(number)
    form.get_by_label("Tệp kết quả").set_input_files(str(paper))
    with page.expect_navigation():
        form.get_by_role("button", name="Ghi nhận kết quả").press("Enter")
    assert page.locator(".alert-danger").count() == 0, page.inner_text("main")
    assert number in page.inner_text("main")
    assert_axe(page)
    link = page.get_by_role("link", name="Kết quả:").first
    address = portal.url(link.get_attribute("href") or "")
    assert page.request.get(f"{address}?ban=goc").body() == paper.read_bytes()
    wait_for(lambda: is_signed(page.request.get(address).body()), within_seconds=20, what="the signed result")
    with page.expect_download() as download:
        link.click()
    assert is_signed(Path(download.value.path()).read_bytes())
