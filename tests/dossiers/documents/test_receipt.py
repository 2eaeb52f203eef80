"""The receipt (form 01): every field is on the paper, long lists flow, the QR code opens the tracking page."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pypdf
import pypdfium2
import pytest
import zxingcpp

from dossiers.documents.receipt import (
    ReceiptComponent,
    ReceiptData,
    ReceiptFee,
    ReceiptPayment,
    ReceiptReissue,
    ReceiptRepresentative,
    render_receipt,
)
from haddong_portal.common.clock import VIETNAM
from haddong_portal.common.vietqr import vietqr_payload

A5_POINTS = (419.5, 595.3)
RECEIPT = ReceiptData(
    superior_name="Ủy ban nhân dân quận Hà Đông",
    desk_name="Bộ phận tiếp nhận và trả kết quả",
    number="0012",
    place="Hà Đông",
    dossier_code="000.99.01.H26-240207-0012",
    applicant_name="Nguyễn Thị Hường",
    applicant_id="001195000027",
    address="Số 12 phố Bế Văn Đàn, phường Quang Trung",
    phone="0912 345 678",
    email="huong@example.vn",
    request="Đăng ký kết hôn có yếu tố nước ngoài",
    procedure_code="2.000806",
    components=(
        ReceiptComponent("Tờ khai đăng ký kết hôn;", original_count=1),
        ReceiptComponent("Giấy xác nhận tình trạng hôn nhân", original_count=1, copy_count=2, note="bản dịch kèm theo"),
        ReceiptComponent("Giấy khám sức khỏe", electronic=True),
    ),
    limit_text="15 ngày làm việc",
    accepted_at=datetime(2024, 2, 7, 2, 5, tzinfo=UTC),
    due_at=datetime(2024, 3, 6, 17, 0, tzinfo=VIETNAM),
    due_explanation=("Nghỉ Tết Nguyên đán từ 08/02 đến 14/02/2024", "đủ 15 ngày làm việc vào 06/03/2024."),
    result_delivery="Trả tại quầy, Bộ phận Một cửa quận Hà Đông",
    fees=(ReceiptFee("Lệ phí", 1_000_000), ReceiptFee("Phí bản sao", None, "theo nghị quyết của Hội đồng nhân dân")),
    book_no="01/2024",
    line_no="0153",
    clerk_name="Trần Thị Lan",
    tracking_url="https://motcua.example/t/000.99.01.H26-240207-0012.QBKXVABCDEFGHIJK",
    tracking_hint="motcua.example/tra-cuu",
    hotline="024 3382 4567",
)


def read(pdf: bytes) -> tuple[pypdf.PdfReader, str]:
    """The PDF and its text, white space collapsed."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_every_field_of_the_form_is_printed() -> None:
    reader, text = read(render_receipt(RECEIPT))
    for expected in (
        "ỦY BAN NHÂN DÂN QUẬN HÀ ĐÔNG",
        "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 0012/BPTNTKQ",
        "Hà Đông, ngày 07 tháng 02 năm 2024",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: 000.99.01.H26-240207-0012",
        "Tiếp nhận hồ sơ của: Nguyễn Thị Hường",
        "Số định danh cá nhân / tổ chức: 001195000027",
        "Địa chỉ: Số 12 phố Bế Văn Đàn, phường Quang Trung",
        "Số điện thoại: 0912 345 678",
        "Email: huong@example.vn",
        "Nội dung yêu cầu giải quyết: Đăng ký kết hôn có yếu tố nước ngoài (mã thủ tục 2.000806)",
        "Tờ khai đăng ký kết hôn: 01 bản chính",
        "Giấy xác nhận tình trạng hôn nhân: 01 bản chính, 02 bản sao (bản dịch kèm theo)",
        "Giấy khám sức khỏe: bản điện tử",
        "Số lượng hồ sơ: 1 (bộ)",
        "Thời gian giải quyết hồ sơ theo quy định là: 15 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 07 tháng 02 năm 2024",
        "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 06 tháng 03 năm 2024",
        "Cách tính: Nghỉ Tết Nguyên đán từ 08/02 đến 14/02/2024; đủ 15 ngày làm việc vào 06/03/2024. ",
        "Đăng ký nhận kết quả tại: Trả tại quầy, Bộ phận Một cửa quận Hà Đông",
        "Lệ phí: 1.000.000 đồng; Phí bản sao: theo nghị quyết của Hội đồng nhân dân",
        "Quyển số: 01/2024, Số thứ tự: 0153",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Trần Thị Lan",
        "motcua.example/tra-cuu",
        "024 3382 4567",
        "Trang 1 / 1",
    ):
        assert expected in text
    assert "được ủy quyền" not in text
    assert len(reader.pages) == 1
    assert (round(reader.pages[0].mediabox.width, 1), round(reader.pages[0].mediabox.height, 1)) == A5_POINTS
    assert reader.metadata is not None and reader.metadata.title.endswith(RECEIPT.dossier_code)


def test_the_representative_signs_and_is_named() -> None:
    proxy = ReceiptRepresentative(
        "Lê Minh Khôi",
        "001204000035",
        "Phường Kiến Hưng",
        "0987 654 321",
        "khoi@example.vn",
        "giấy ủy quyền ngày 05/02/2024",
    )
    _, text = read(render_receipt(replace(RECEIPT, representative=proxy)))
    assert "Người được ủy quyền: Lê Minh Khôi (giấy ủy quyền ngày 05/02/2024)" in text
    for expected in ("Số định danh: 001204000035", "0987 654 321", "Phường Kiến Hưng", "khoi@example.vn"):
        assert expected in text
    assert text.count("Lê Minh Khôi") == 2
    assert text.count("Nguyễn Thị Hường") == 1


def test_absent_facts_leave_dots_or_no_line() -> None:
    bare = replace(RECEIPT, applicant_id="", phone="", email="", due_at=None, due_explanation=(), fees=(), hotline="")
    _, text = read(render_receipt(bare))
    assert "Số điện thoại: ………" in text
    assert "sẽ thông báo khi xác định được ngày trả" in text
    for absent in ("Số định danh", "Phí, lệ phí", "Cách tính", "hỏi đáp"):
        assert absent not in text


@pytest.mark.parametrize(("amount", "note", "printed"), [(0, "", "không thu"), (8000, "01 bản", "8.000 đồng (01 bản)")])
def test_fees_are_told(amount: int, note: str, printed: str) -> None:
    _, text = read(render_receipt(replace(RECEIPT, fees=(ReceiptFee("Lệ phí", amount, note),))))
    assert f"Lệ phí: {printed}" in text


def test_a_long_list_flows_and_keeps_the_signatures_together() -> None:
    many = tuple(ReceiptComponent(f"Giấy tờ thứ {number}", copy_count=1) for number in range(1, 61))
    reader, text = read(render_receipt(replace(RECEIPT, components=many)))
    assert len(reader.pages) >= 2
    assert all(f"Giấy tờ thứ {number}: 01 bản sao" in text for number in range(1, 61))
    last = reader.pages[-1].extract_text()
    assert "NGƯỜI NỘP HỒ SƠ" in last and "Trần Thị Lan" in last
    assert f"Trang {len(reader.pages)} / {len(reader.pages)}" in " ".join(last.split())


LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Thảo Nguyên"
LONG_ADDRESS = "Căn hộ 1207, tòa nhà hỗn hợp HH2B, khu đô thị mới Văn Quán - Yên Phúc, phường Văn Quán, quận Hà Đông"
SURVEY = "https://motcua.example/dg/9TQ4M2XKABCDEFGH"


def full_receipt(papers: int = 2, twice: int = 1) -> ReceiptData:
    """Every field there is, with the longest names people really have (`twice` over), and so many papers."""
    proxy = ReceiptRepresentative(
        LONG_NAME, "001204000035", LONG_ADDRESS, "0987 654 321", "khoi@example.vn", "giấy ủy quyền ngày 05/02/2024"
    )
    return replace(
        RECEIPT,
        applicant_name=" ".join([LONG_NAME] * twice),
        address=", ".join([LONG_ADDRESS] * twice),
        representative=proxy,
        result_delivery=f"Gửi qua bưu chính công ích: {LONG_ADDRESS}",
        payment=PAYMENT,
        survey_url=SURVEY,
        components=tuple(
            ReceiptComponent(f"Giấy tờ chứng minh quyền sử dụng đất hoặc quyền sở hữu nhà ở, tờ {number}", 1, 1)
            for number in range(1, papers + 1)
        ),
    )


def test_a_full_receipt_is_set_closer_to_stay_on_its_page() -> None:
    pdf = render_receipt(full_receipt())
    reader, text = read(pdf)
    assert len(reader.pages) == 1 and "tờ 2: 01 bản chính, 01 bản sao" in text
    found = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil())
    assert {barcode.text for barcode in found} == {RECEIPT.tracking_url, SURVEY, PAYMENT.payload}


@pytest.mark.parametrize("papers", [4, 6, 8, 10, 12, 14, 16, 20, 30])
def test_the_foot_never_stands_alone(papers: int) -> None:
    pdf = render_receipt(full_receipt(papers, twice=2))
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert all(f"tờ {number}: 01 bản chính" in " ".join(pages) for number in range(1, papers + 1))
    for expected in ("Số lượng hồ sơ", "Thời gian trả kết quả", "NGƯỜI TIẾP NHẬN HỒ SƠ", "Khi nhận kết quả"):
        assert [expected in page for page in pages] == [False] * (len(pages) - 1) + [True]
    last = pypdfium2.PdfDocument(pdf)[len(pages) - 1].render(scale=3).to_pil()
    assert {SURVEY, PAYMENT.payload} <= {barcode.text for barcode in zxingcpp.read_barcodes(last)}


def test_hostile_names_print_as_they_are() -> None:
    _, text = read(render_receipt(replace(RECEIPT, applicant_name='#read("/etc/passwd") *x* $y$')))
    assert 'Tiếp nhận hồ sơ của: #read("/etc/passwd") *x* $y$' in text


def test_the_printed_code_is_read_by_a_scanner() -> None:
    page = pypdfium2.PdfDocument(render_receipt(RECEIPT))[0]
    found = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert [barcode.text for barcode in found] == [RECEIPT.tracking_url]


PAYMENT = ReceiptPayment(
    payload=vietqr_payload(
        bank_bin="970415", account_number="113366668888", amount_vnd=1_000_000, content="H26 240207 0012"
    ),
    bank_name="Ngân hàng TMCP Công thương Việt Nam",
    account_number="113366668888",
    account_name="VAN PHONG HDND VA UBND QUAN HA DONG",
    amount_vnd=1_000_000,
    content="H26 240207 0012",
)


def test_an_unpaid_fee_and_the_survey_have_their_codes_on_the_one_page() -> None:
    pdf = render_receipt(replace(RECEIPT, payment=PAYMENT, survey_url=SURVEY))
    reader, text = read(pdf)
    for expected in (
        "(chưa nộp): 1.000.000 đồng",
        "Tài khoản: 113366668888, Ngân hàng TMCP Công thương Việt Nam",
        "Chủ tài khoản: VAN PHONG HDND VA UBND QUAN HA DONG",
        "Nội dung: H26 240207 0012",
        "Đánh giá phục vụ",
    ):
        assert expected in text
    assert len(reader.pages) == 1
    found = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil())
    assert {barcode.text for barcode in found} == {RECEIPT.tracking_url, SURVEY, PAYMENT.payload}


def test_a_receipt_given_again_says_which_it_replaces() -> None:
    issued = datetime(2024, 2, 20, 3, 0, tzinfo=UTC)
    again = replace(RECEIPT, number="0044", issued_at=issued, reissue=ReceiptReissue(2, "0012", "gia hạn"))
    _, text = read(render_receipt(again))
    assert "Cấp lại lần 2, thay giấy số 0012 vì gia hạn" in text
    assert "Số: 0044/BPTNTKQ" in text and "Hà Đông, ngày 20 tháng 02 năm 2024" in text
    assert "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 07 tháng 02 năm 2024" in text


def test_the_residence_form_is_the_same_paper_under_its_own_name() -> None:
    name = "Phiếu tiếp nhận hồ sơ và hẹn trả kết quả"
    _, text = read(render_receipt(replace(RECEIPT, form_name=name, form_no="CT04", number_suffix="")))
    assert "Mẫu số CT04" in text and name.upper() in text and "Số: 0012 " in text
