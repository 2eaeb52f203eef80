"""One filled sample of every form, as the named people of the tests would meet it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dossiers.documents.apology import ApologyData, ApologyKind
from dossiers.documents.consultation_request import ConsultationRequestData
from dossiers.documents.control_sheet import ControlSheetData, HandOverRow
from dossiers.documents.day_end_sheet import DayCount, DayEndSheetData, DayPayment, DayTotal
from dossiers.documents.delivery_list import DeliveryLine, DeliveryListData
from dossiers.documents.extension_request import ExtensionRequestData
from dossiers.documents.fee_slip import FeeSlipData, FeeSlipLine
from dossiers.documents.parts import FormApplicant, FormHead, FormSigner
from dossiers.documents.refusal import RefusalData, RefusalKind
from dossiers.documents.register_sheet import RegisterClosing, RegisterLine, RegisterSheetData
from dossiers.documents.stop_notice import StopNoticeData
from dossiers.documents.supplement_slip import SupplementLine, SupplementSlipData
from haddong_portal.common.clock import VIETNAM

CODE = "000.99.01.H26-240207-0012"
PROCEDURE = "Đăng ký kết hôn có yếu tố nước ngoài"
TRACKING = f"https://motcua.example/t/{CODE}.QBKXVABCDEFGHIJK"
SURVEY = "https://motcua.example/dg/9TQ4M2XKABCDEFGH"
DESK = "Bộ phận tiếp nhận và trả kết quả"
OFFICE = "Phòng Tư pháp quận Hà Đông"


def at(day: int, month: int = 2, hour: int = 9, minute: int = 5) -> datetime:
    """A moment of 2024 in Vietnam."""
    return datetime(2024, month, day, hour, minute, tzinfo=VIETNAM)


def head(form_name: str, form_no: str, suffix: str, body_name: str = DESK) -> FormHead:
    return FormHead(
        superior_name="Ủy ban nhân dân quận Hà Đông",
        body_name=body_name,
        form_name=form_name,
        number="0031",
        place="Hà Đông",
        issued_at=at(7),
        number_suffix=suffix,
        form_no=form_no,
    )


APPLICANT = FormApplicant(
    name="Nguyễn Thị Hường",
    personal_id="001195000027",
    address="Số 12 phố Bế Văn Đàn, phường Quang Trung",
    phone="0912 345 678",
    email="huong@example.vn",
)
LEADER = FormSigner("Trưởng phòng", "Lê Văn Sơn")
RECIPIENTS = ("Như trên;", "Bộ phận Một cửa;", "Lưu: VT, TP.")

SUPPLEMENT = SupplementSlipData(
    head=head("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "02", "PBS"),
    applicant=APPLICANT,
    request=PROCEDURE,
    procedure_code="2.000806",
    dossier_code=CODE,
    lines=(
        SupplementLine("Giấy xác nhận tình trạng hôn nhân", 1, 0, 0, "Bản đã nộp quá 6 tháng"),
        SupplementLine("Bản dịch hộ chiếu của bên nam", 0, 2, 1, "Chưa chứng thực chữ ký người dịch"),
    ),
    reason="Hồ sơ chưa đủ giấy tờ theo Điều 30 Nghị định số 123/2015/NĐ-CP",
    contact_name="Trần Thị Lan",
    contact_phone="024 3382 4567",
    guide=FormSigner("Người hướng dẫn", "Trần Thị Lan"),
    due_at=at(21, hour=17, minute=0),
    tracking_url=TRACKING,
    survey_url=SURVEY,
)
REFUSAL = RefusalData(
    head=head("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "03", "/PTC"),
    kind=RefusalKind.INTAKE,
    applicant=APPLICANT,
    request=PROCEDURE,
    procedure_code="2.000806",
    reasons=(
        "Việc này thuộc thẩm quyền của Ủy ban nhân dân phường.",
        "Giấy khám sức khỏe không do cơ sở y tế có thẩm quyền cấp.",
    ),
    legal_basis="Điều 37 Luật Hộ tịch số 60/2014/QH13",
    clerk=FormSigner("Người tiếp nhận hồ sơ", "Trần Thị Lan"),
    applicant_signer=FormSigner("Người nộp hồ sơ", "Nguyễn Thị Hường"),
    survey_url=SURVEY,
)
APOLOGY = ApologyData(
    head=head("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "04", "/PXL", OFFICE),
    kind=ApologyKind.NEW_DATE,
    addressee="Bà Nguyễn Thị Hường",
    applicant=APPLICANT,
    dossier_code=CODE,
    procedure_name=PROCEDURE,
    accepted_at=at(7),
    due_at=at(6, 3, 17, 0),
    new_due_at=at(13, 3, 17, 0),
    reason="Chưa nhận được kết quả xác minh của Công an thành phố",
    signer=LEADER,
    recipients=RECIPIENTS,
)
LOST_PAPERS = replace(
    APOLOGY,
    kind=ApologyKind.LOST_PAPERS,
    new_due_at=None,
    reason="Tủ hồ sơ bị ngập nước",
    remedy="phối hợp với nơi cấp để lập lại giấy xác nhận tình trạng hôn nhân",
    cost="cơ quan chịu toàn bộ chi phí cấp lại là 15.000 đồng",
)
EXTENSION = ExtensionRequestData(
    head=head("Phiếu đề nghị gia hạn", "", "/PGH", OFFICE),
    addressee="Bộ phận Một cửa quận Hà Đông",
    applicant=APPLICANT,
    dossier_code=CODE,
    procedure_name=PROCEDURE,
    accepted_at=at(7),
    due_at=at(6, 3, 17, 0),
    proposed_due_at=at(13, 3, 17, 0),
    reason="Cần xác minh tình trạng hôn nhân ở nước ngoài",
    done_so_far="Đã gửi văn bản xác minh ngày 20/02/2024",
    signer=LEADER,
    recipients=RECIPIENTS,
)
CONTROL = ControlSheetData(
    head=head("Phiếu kiểm soát quá trình giải quyết hồ sơ", "05", "/PKS"),
    dossier_code=CODE,
    settling_unit=OFFICE,
    partner_units="Công an thành phố Hà Nội",
    accepted_at=at(7),
    due_at=at(6, 3, 17, 0),
    rows=(
        HandOverRow("Bộ phận Một cửa", OFFICE, at(7, hour=10), "Trần Thị Lan", at(7, hour=14), "Phạm Văn Bình"),
        HandOverRow(
            OFFICE,
            "Văn phòng HĐND và UBND quận",
            at(1, 3),
            "Phạm Văn Bình",
            at(1, 3, 10),
            "Đỗ Thị Mai",
            "trước hạn",
            "Ký nháy trả lại 1 lần",
        ),
        HandOverRow("Văn phòng HĐND và UBND quận", "Bộ phận Một cửa", at(6, 3, 15), "Đỗ Thị Mai", result="đúng hạn"),
    ),
)
REGISTER_LINE = RegisterLine(
    line_no="0153",
    dossier_code=CODE,
    procedure_name=PROCEDURE,
    applicant_name="Nguyễn Thị Hường",
    address_phone="Số 12 phố Bế Văn Đàn, phường Quang Trung; 0912 345 678",
    settling_unit=OFFICE,
    received_at=at(7),
    due_at=at(6, 3, 17, 0),
    returned_at=at(5, 3, 15, 30),
    result_method="Tại quầy",
    signature_note="Đã ký",
)
REGISTER = RegisterSheetData(
    head=replace(head("Sổ theo dõi hồ sơ", "06", ""), number=""),
    book_no="01",
    year=2024,
    lines=tuple(replace(REGISTER_LINE, line_no=f"{number:04d}") for number in range(1, 41)),
    closing=RegisterClosing(
        40,
        "0001",
        "0040",
        at(31, 12, 17, 0),
        FormSigner("Người giữ sổ", "Trần Thị Lan"),
        FormSigner("Trưởng Bộ phận Một cửa", "Hoàng Thị Yến"),
    ),
)
STOP = StopNoticeData(
    head=head("Thông báo dừng giải quyết hồ sơ", "05", "/TB", OFFICE),
    addressee="Bà Nguyễn Thị Hường",
    applicant=APPLICANT,
    dossier_code=CODE,
    procedure_name=PROCEDURE,
    accepted_at=at(7),
    asked_at=at(20),
    stopped_at=at(21),
    reason="Người nộp đề nghị dừng vì thay đổi kế hoạch",
    returned_papers=("Giấy xác nhận tình trạng hôn nhân (bản chính)", "Bản dịch hộ chiếu (2 bản)"),
    fee_note="hoàn lại 1.000.000 đồng theo quy định",
    signer=replace(LEADER, acting_for="KT. TRƯỞNG PHÒNG", title="Phó Trưởng phòng"),
    recipients=RECIPIENTS,
)
DELIVERY_LINE = DeliveryLine(CODE, PROCEDURE, "Nguyễn Thị Hường", at(6, 3, 17, 0), "05 giấy tờ", "")
DELIVERY = DeliveryListData(
    head=head("Danh sách bàn giao hồ sơ", "", "/DSBG"),
    from_unit="Bộ phận Một cửa quận Hà Đông",
    to_unit=OFFICE,
    handed_at=at(7, hour=15, minute=0),
    lines=(DELIVERY_LINE,) * 40,
    giver=FormSigner("Người giao", "Trần Thị Lan"),
    receiver=FormSigner("Người nhận", "Phạm Văn Bình"),
    carrier="nhân viên bưu điện, chuyến 15 giờ",
    reason="bàn giao trong ngày",
)
DAY_END = DayEndSheetData(
    head=head("Bảng đối soát cuối ngày", "", "/ĐSN"),
    clerk_name="Trần Thị Lan",
    day=at(7, hour=17, minute=0),
    counts=(
        DayCount("Hồ sơ tiếp nhận trực tiếp", 12),
        DayCount("Hồ sơ tiếp nhận trực tuyến", 5),
        DayCount("Hồ sơ đã trả kết quả", 9, "1 trả qua bưu chính"),
    ),
    totals=(DayTotal("Phí", "Tiền mặt", 2, 16_000), DayTotal("Lệ phí", "Chuyển khoản", 1, 1_000_000)),
    payments=(
        DayPayment("0000123", CODE, "Nguyễn Thị Hường", "Lệ phí", "Chuyển khoản", 1_000_000, at(7)),
        DayPayment("0000124", CODE, "Lê Minh Khôi", "Phí", "Tiền mặt", 8_000, at(7), "đã hủy, thu lại"),
    ),
    expected_vnd=1_016_000,
    handed_in_vnd=1_008_000,
    difference_vnd=-8_000,
    difference_reason="Một khoản 8.000 đồng ghi hai lần, đã lập biên bản",
    clerk=FormSigner("Người tiếp nhận", "Trần Thị Lan"),
    cashier=FormSigner("Thủ quỹ", "Vũ Thị Hạnh"),
    head_of_desk=FormSigner("Trưởng Bộ phận Một cửa", "Hoàng Thị Yến"),
)
FEE = FeeSlipData(
    head=head("Phiếu thu phí, lệ phí", "", "/PT"),
    payer_name="Nguyễn Thị Hường",
    payer_address="Số 12 phố Bế Văn Đàn, phường Quang Trung",
    dossier_code=CODE,
    procedure_name=PROCEDURE,
    lines=(FeeSlipLine("Lệ phí đăng ký kết hôn", 1_000_000), FeeSlipLine("Phí bản sao trích lục", 16_000, "02 bản")),
    total_vnd=1_016_000,
    total_in_words="Một triệu không trăm mười sáu nghìn đồng",
    method="Chuyển khoản",
    paid_at=at(7),
    receipt_no="0000123",
    reference="FT24038001234",
    payer=FormSigner("Người nộp tiền", "Nguyễn Thị Hường"),
    collector=FormSigner("Người thu tiền", "Trần Thị Lan"),
)
CONSULTATION = ConsultationRequestData(
    head=head("Phiếu lấy ý kiến", "", "/PLYK", OFFICE),
    addressee="Công an thành phố Hà Nội",
    applicant=APPLICANT,
    dossier_code=CODE,
    procedure_name=PROCEDURE,
    due_at=at(6, 3, 17, 0),
    content="Xác minh tình trạng cư trú và hôn nhân của ông Pierre Martin tại Việt Nam",
    answer_due_at=at(20, hour=17, minute=0),
    attachments=("Tờ khai đăng ký kết hôn (bản sao)", "Hộ chiếu (bản sao)"),
    answer_to="Phòng Tư pháp quận Hà Đông, điện thoại 024 3382 4567",
    signer=LEADER,
    recipients=RECIPIENTS,
)
