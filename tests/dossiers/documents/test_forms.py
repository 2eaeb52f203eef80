"""Every form: fields printed, archivable and tagged, codes that scan, long and hostile data kept on the paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp

from dossiers.documents.apology import ApologyKind, render_apology
from dossiers.documents.consultation_request import render_consultation_request
from dossiers.documents.control_sheet import render_control_sheet
from dossiers.documents.day_end_sheet import render_day_end_sheet
from dossiers.documents.delivery_list import render_delivery_list
from dossiers.documents.extension_request import render_extension_request
from dossiers.documents.fee_slip import render_fee_slip
from dossiers.documents.parts import FormApplicant
from dossiers.documents.refusal import RefusalKind, render_refusal
from dossiers.documents.register_sheet import render_register_sheet
from dossiers.documents.stop_notice import render_stop_notice
from dossiers.documents.supplement_slip import SupplementLine, render_supplement_slip
from tests.dossiers.documents import samples

Render = Callable[[Any], bytes]
A5, A5_SIDE, A4, A4_SIDE = (419.5, 595.3), (595.3, 419.5), (595.3, 841.9), (841.9, 595.3)
FORMS: dict[str, tuple[Render, Any, tuple[float, float], int]] = {
    "supplement": (render_supplement_slip, samples.SUPPLEMENT, A5, 1),
    "refusal": (render_refusal, samples.REFUSAL, A5, 1),
    "apology": (render_apology, samples.APOLOGY, A5, 1),
    "lost_papers": (render_apology, samples.LOST_PAPERS, A5, 1),
    "extension": (render_extension_request, samples.EXTENSION, A5, 1),
    "control": (render_control_sheet, samples.CONTROL, A5, 1),
    "register": (render_register_sheet, samples.REGISTER, A4_SIDE, 3),
    "stop": (render_stop_notice, samples.STOP, A5, 1),
    "delivery": (render_delivery_list, samples.DELIVERY, A4, 2),
    "day_end": (render_day_end_sheet, samples.DAY_END, A4, 1),
    "fee": (render_fee_slip, samples.FEE, A5_SIDE, 1),
    "consultation": (render_consultation_request, samples.CONSULTATION, A5, 1),
}
PRINTED: dict[str, tuple[str, ...]] = {
    "supplement": (
        "Mẫu số 02",
        "Số: 0031/PBS",
        "Mã hồ sơ: 000.99.01.H26-240207-0012",
        "Hồ sơ của: Nguyễn Thị Hường",
        "Số định danh cá nhân / tổ chức: 001195000027",
        "Địa chỉ: Số 12 phố Bế Văn Đàn, phường Quang Trung",
        "Số điện thoại: 0912 345 678",
        "Email: huong@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký kết hôn có yếu tố nước ngoài (mã thủ tục 2.000806)",
        "TT Thành phần hồ sơ Bản chính Bản chứng thực Bản chụp Lý do, nội dung cần sửa",
        "1 Giấy xác nhận tình trạng hôn nhân 1 Bản đã nộp quá 6 tháng",
        "2 Bản dịch hộ chiếu của bên nam 2 1 Chưa chứng thực chữ ký người dịch",
        "Lý do: Hồ sơ chưa đủ giấy tờ theo Điều 30",
        "bổ sung trước: 17 giờ 00 phút, ngày 21 tháng 02 năm 2024",
        "liên hệ với Trần Thị Lan, số điện thoại 024 3382 4567",
        "NGƯỜI HƯỚNG DẪN",
        "Đánh giá phục vụ",
    ),
    "refusal": (
        "Mẫu số 03",
        "Số: 0031/PTC",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Hường",
        "không tiếp nhận, giải quyết hồ sơ này với lý do",
        "1. Việc này thuộc thẩm quyền của Ủy ban nhân dân phường.",
        "2. Giấy khám sức khỏe không do cơ sở y tế",
        "Căn cứ: Điều 37 Luật Hộ tịch",
        "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Đánh giá phục vụ",
    ),
    "apology": (
        "Mẫu số 04",
        "Số: 0031/PXL",
        "Kính gửi: Bà Nguyễn Thị Hường",
        "Ngày 07 tháng 02 năm 2024, Phòng Tư pháp quận Hà Đông tiếp nhận",
        "số định danh: 001195000027; tên thủ tục hành chính: Đăng ký kết hôn có yếu tố nước ngoài; mã hồ sơ: 000.99",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 06 tháng 03 năm 2024",
        "Lý do: Chưa nhận được kết quả xác minh",
        "xin lỗi ông/bà (tổ chức) và sẽ trả kết quả giải quyết hồ sơ vào: 17 giờ 00 phút, ngày 13 tháng 03 năm 2024",
        "Nơi nhận:",
        "- Bộ phận Một cửa;",
        "TRƯỞNG PHÒNG",
        "(Ký tên, đóng dấu)",
        "Lê Văn Sơn",
    ),
    "lost_papers": (
        "đã làm mất, thất lạc hoặc hư hỏng giấy tờ",
        "Biện pháp khắc phục: phối hợp với nơi cấp",
        "Chi phí: cơ quan chịu toàn bộ chi phí cấp lại là 15.000 đồng",
        "xin lỗi ông/bà (tổ chức).",
    ),
    "extension": (
        "Số: 0031/PGH",
        "Kính gửi: Bộ phận Một cửa quận Hà Đông",
        "Mã hồ sơ: 000.99.01.H26-240207-0012",
        "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 07 tháng 02 năm 2024",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 06 tháng 03 năm 2024",
        "Việc đã làm: Đã gửi văn bản xác minh",
        "Lý do đề nghị gia hạn: Cần xác minh",
        "hẹn trả kết quả vào: 17 giờ 00 phút, ngày 13 tháng 03 năm 2024",
    ),
    "control": (
        "Mẫu số 05",
        "Số: 0031/PKS",
        "Mã hồ sơ: 000.99.01.H26-240207-0012",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Phòng Tư pháp quận Hà Đông",
        "Cơ quan phối hợp giải quyết hồ sơ: Công an thành phố Hà Nội",
        "Ngày nhận: 09 giờ 05 phút, ngày 07 tháng 02 năm 2024",
        "Hẹn trả kết quả: 17 giờ 00 phút, ngày 06 tháng 03 năm 2024",
        "Tên đơn vị (1. Giao / 2. Nhận)",
        "Thời gian giao, nhận hồ sơ (giờ, phút, ngày)",
        "1. Giao: Bộ phận Một cửa 2. Nhận: Phòng Tư pháp quận Hà Đông 10 giờ 05 phút, ngày 07/02/2024 Trần Thị Lan",
        "14 giờ 05 phút, ngày 07/02/2024 Phạm Văn Bình",
        "trước hạn Ký nháy trả lại 1 lần",
        "đúng hạn",
    ),
    "register": (
        "Mẫu số 06",
        "Năm 2024, quyển số: 01",
        "STT",
        "Tên thủ tục hành chính",
        "Tên tổ chức, cá nhân",
        "Địa chỉ, số điện thoại",
        "Cơ quan chủ trì giải quyết",
        "Nhận và trả kết quả",
        "Nhận hồ sơ Hẹn trả kết quả Trả kết quả Phương thức nhận kết quả Ký nhận",
        "0001 000.99.01.H26-240207-0012 Đăng ký kết hôn",
        "09:05 07/02/2024 17:00 06/03/2024 15:30 05/03/2024 Tại quầy Đã ký",
        "Sổ này có 40 hồ sơ, từ số 0001 đến số 0040, khóa sổ ngày 31 tháng 12 năm 2024",
        "NGƯỜI GIỮ SỔ",
    ),
    "stop": (
        "Mẫu số 05",
        "Người nộp hồ sơ: Nguyễn Thị Hường",
        "Thời gian nhận yêu cầu dừng giải quyết: 09 giờ 05 phút, ngày 20 tháng 02 năm 2024",
        "Lý do dừng: Người nộp đề nghị dừng",
        "dừng giải quyết hồ sơ này kể từ 09 giờ 05 phút, ngày 21 tháng 02 năm 2024",
        "1. Giấy xác nhận tình trạng hôn nhân (bản chính) 2. Bản dịch hộ chiếu (2 bản)",
        "Phí, lệ phí: hoàn lại 1.000.000 đồng",
        "KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG",
    ),
    "delivery": (
        "DANH SÁCH BÀN GIAO HỒ SƠ",
        "Đơn vị giao: Bộ phận Một cửa quận Hà Đông",
        "Đơn vị nhận: Phòng Tư pháp quận Hà Đông",
        "Thời gian giao: 15 giờ 00 phút, ngày 07 tháng 02 năm 2024",
        "chuyến 15 giờ",
        "40 000.99.01.H26-240207-0012",
        "05 giấy tờ",
        "Tổng số: 40 hồ sơ",
        "NGƯỜI GIAO NGƯỜI NHẬN",
    ),
    "day_end": (
        "Ngày 07 tháng 02 năm 2024",
        "Người tiếp nhận hồ sơ: Trần Thị Lan",
        "1 Hồ sơ tiếp nhận trực tiếp 12",
        "3 Hồ sơ đã trả kết quả 9 1 trả qua bưu chính",
        "2 Lệ phí Chuyển khoản 1 1.000.000",
        "Số tiền theo sổ: 1.016.000 đồng",
        "Số tiền thực nộp: 1.008.000 đồng",
        "Chênh lệch (thực nộp trừ theo sổ): -8.000 đồng",
        "Lý do chênh lệch: Một khoản 8.000 đồng",
        "1 0000123 000.99.01.H26-240207-0012 Nguyễn Thị Hường Lệ phí Chuyển khoản 1.000.000",
        "đã hủy, thu lại",
        "THỦ QUỸ",
    ),
    "fee": (
        "Người nộp tiền: Nguyễn Thị Hường",
        "1 Lệ phí đăng ký kết hôn 1.000.000",
        "2 Phí bản sao trích lục 16.000 02 bản",
        "Tổng cộng 1.016.000",
        "Viết bằng chữ: Một triệu không trăm mười sáu nghìn đồng",
        "Hình thức: Chuyển khoản",
        "Thời gian thu: 09:05 07/02/2024",
        "Biên lai số: 0000123",
        "Mã giao dịch: FT24038001234",
    ),
    "consultation": (
        "Kính gửi: Công an thành phố Hà Nội",
        "Nội dung xin ý kiến: Xác minh tình trạng cư trú",
        "1. Tờ khai đăng ký kết hôn (bản sao)",
        "Đề nghị trả lời trước: 17 giờ 00 phút, ngày 20 tháng 02 năm 2024",
        "Ý kiến gửi về: Phòng Tư pháp quận Hà Đông",
    ),
}
HEADER = ("ỦY BAN NHÂN DÂN QUẬN HÀ ĐÔNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Đông, ngày 07 tháng 02 năm 2024")
ENDLESS = "Người" * 60
HOSTILE = '#read("/etc/passwd") *x* $y$ <b>'


def read(pdf: bytes) -> tuple[pypdf.PdfReader, str]:
    """The PDF and its text: white space collapsed, break marks of no width gone."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = " ".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(text.replace("\u200b", "").split())


def scanned(pdf: bytes) -> set[str]:
    """What a scanner reads on the first page."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return {barcode.text for barcode in zxingcpp.read_barcodes(page.render(scale=3).to_pil())}


def rightmost_ink(pdf: bytes) -> float:
    """The share of the page's width that ink reaches, over all pages."""
    shares = []
    for page in pypdfium2.PdfDocument(pdf):
        grey = page.render(scale=1).to_pil().convert("L").point(lambda value: 255 if value < 200 else 0)
        box = grey.getbbox()
        assert box is not None
        shares.append(box[2] / grey.width)
    return max(shares)


@pytest.mark.parametrize("name", FORMS)
def test_every_field_is_printed(name: str) -> None:
    render, data, size, pages = FORMS[name]
    reader, text = read(render(data))
    assert [expected for expected in (*HEADER, *PRINTED[name]) if expected not in text] == []
    assert data.head.form_name.upper() in text
    assert len(reader.pages) == pages
    assert f"Trang {pages} / {pages}" in text
    assert {tuple(round(float(side), 1) for side in page.mediabox[2:]) for page in reader.pages} == {size}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_archivable_and_tagged(name: str) -> None:
    render, data, _, _ = FORMS[name]
    root = read(render(data))[0].trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("vi")


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if hasattr(form[1], "applicant")])
def test_hostile_and_endless_names_stay_on_the_paper(name: str) -> None:
    render, data, _, _ = FORMS[name]
    _, text = read(render(replace(data, applicant=FormApplicant(HOSTILE, address=ENDLESS, email="a" * 90 + "@b.vn"))))
    assert HOSTILE in text
    pdf = render(replace(data, applicant=FormApplicant(ENDLESS, address=ENDLESS)))
    assert ENDLESS in read(pdf)[1].replace(" ", "")
    assert rightmost_ink(pdf) < 0.95


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("control", {"rows": (replace(samples.CONTROL.rows[1], giver_name=ENDLESS, note=ENDLESS, to_unit=ENDLESS),)}),
        ("register", {"lines": (replace(samples.REGISTER_LINE, applicant_name=ENDLESS, result_method=ENDLESS),)}),
        ("delivery", {"lines": (replace(samples.DELIVERY_LINE, applicant_name=ENDLESS, papers=ENDLESS),)}),
        ("day_end", {"payments": (replace(samples.DAY_END.payments[0], payer_name=ENDLESS, note=ENDLESS),)}),
        ("fee", {"payer_name": ENDLESS, "lines": (replace(samples.FEE.lines[0], label=ENDLESS),)}),
    ],
)
def test_endless_names_stay_in_their_cells(name: str, changed: dict[str, object]) -> None:
    render, data, _, _ = FORMS[name]
    pdf = render(replace(data, **changed))
    assert "Người" * 2 in read(pdf)[1]
    assert rightmost_ink(pdf) < 0.965


def test_codes_of_the_slips_are_read_by_a_scanner() -> None:
    assert scanned(render_supplement_slip(samples.SUPPLEMENT)) == {samples.TRACKING, samples.SURVEY}
    assert scanned(render_refusal(samples.REFUSAL)) == {samples.SURVEY}
    assert scanned(render_supplement_slip(replace(samples.SUPPLEMENT, tracking_url="", survey_url=""))) == set()


def test_forty_papers_run_on_with_the_head_repeated() -> None:
    lines = tuple(SupplementLine(f"Giấy tờ thứ {number}", copy_count=1) for number in range(1, 41))
    reader, text = read(render_supplement_slip(replace(samples.SUPPLEMENT, lines=lines)))
    assert all(f"{number} Giấy tờ thứ {number} 1" in text for number in range(1, 41))
    assert len(reader.pages) >= 2 and text.count("Bản chứng thực") == 2
    assert "NGƯỜI HƯỚNG DẪN" in reader.pages[-1].extract_text()


# What must share a page with the signatures, by form; the reason is what grows.
LAST_WORDS = {
    "refusal": ("Xin thông báo để", "NGƯỜI TIẾP NHẬN HỒ SƠ"),
    "apology": ("Mong nhận được sự thông cảm", "Lê Văn Sơn"),
    "extension": ("điều chỉnh thời gian hẹn trả", "Lê Văn Sơn"),
    "stop": ("Xin thông báo để", "Lê Văn Sơn"),
    "consultation": ("Ý kiến gửi về", "Lê Văn Sơn"),
}


@pytest.mark.parametrize("name", LAST_WORDS)
def test_signatures_never_stand_alone(name: str) -> None:
    render, data, _, _ = FORMS[name]
    words, signer = LAST_WORDS[name]
    field = {"refusal": "legal_basis", "consultation": "content"}.get(name, "reason")
    spilled = False
    for length in range(200, 2600, 200):
        pages = list(read(render(replace(data, **{field: "đang chờ " * (length // 9)})))[0].pages)
        last = " ".join(pages[-1].extract_text().split())
        assert words in last and signer in last
        spilled |= len(pages) > 1
    assert spilled


@pytest.mark.parametrize("count", range(5, 30, 3))
def test_a_slip_with_many_papers_ends_with_its_reason(count: int) -> None:
    lines = tuple(SupplementLine(f"Giấy tờ thứ {number}", copy_count=1) for number in range(1, count))
    pages = read(render_supplement_slip(replace(samples.SUPPLEMENT, lines=lines)))[0].pages
    last = pages[-1].extract_text()
    assert "Lý do" in last and "NGƯỜI HƯỚNG DẪN" in last and "Đánh giá phục vụ" in last


def test_a_long_way_runs_on_with_the_head_repeated() -> None:
    reader, text = read(render_control_sheet(replace(samples.CONTROL, rows=samples.CONTROL.rows * 12)))
    assert len(reader.pages) >= 3
    assert text.count("Kết quả giải quyết Ghi chú") == len(reader.pages)
    assert text.count("1. Giao: ") == 36


def test_variants_choose_their_words() -> None:
    settled = replace(
        samples.REFUSAL,
        kind=RefusalKind.SETTLEMENT,
        dossier_code=samples.CODE,
        head=samples.head("Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "CT06", "/PTC"),
    )
    _, text = read(render_refusal(settled))
    assert "thông báo từ chối giải quyết hồ sơ này" in text and f"Mã hồ sơ: {samples.CODE}" in text
    assert "Mẫu số CT06" in text and "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ" in text
    _, text = read(render_apology(replace(samples.LOST_PAPERS, kind=ApologyKind.CORRECTION)))
    assert "có sai sót do lỗi của Phòng Tư pháp" in text and "sẽ trả kết quả" not in text


def test_an_apology_with_a_new_date_needs_the_date() -> None:
    with pytest.raises(ValueError, match="needs the date"):
        render_apology(replace(samples.APOLOGY, new_due_at=None))


def test_numbers_of_the_later_rule_set_are_data() -> None:
    later = replace(samples.CONTROL, head=samples.head("Phiếu kiểm soát quá trình giải quyết hồ sơ", "06", "/PKS"))
    assert "Mẫu số 06" in read(render_control_sheet(later))[1]


def test_an_open_book_has_no_closing_line() -> None:
    _, text = read(render_register_sheet(replace(samples.REGISTER, closing=None)))
    assert "Sổ này có" not in text
