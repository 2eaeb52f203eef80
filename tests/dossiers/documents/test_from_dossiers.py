"""Every paper drawn from real dossiers under the shipped rule-sets: each field of its form, label and value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dossiers.constants import ChecklistState, Delivery, FaultKind, FormKind
from dossiers.models import Dossier, RuleSet, Slip
from dossiers.rules.asking import AskData
from dossiers.selectors.control_sheet_pdf import control_sheet_pdf
from dossiers.selectors.counter_slips import counter_slip_pdf
from dossiers.selectors.day_end_pdf import day_end_pdf
from dossiers.selectors.deliveries import delivery_pdf
from dossiers.selectors.links import survey_of, tracking_url
from dossiers.selectors.register_export import register_file
from dossiers.selectors.slip_pdf import slip_pdf
from dossiers.services.close_day import close_day
from dossiers.services.counter_data import GuidanceData, IntakeRefusalData
from dossiers.services.decide_refusal import decide_refusal
from dossiers.services.extend_once import extend_once
from dossiers.services.finish_step import finish_step
from dossiers.services.guide_applicant import guide_applicant
from dossiers.services.hand_over_batch import hand_over_batch
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.intake_data import ChecklistAnswer, PersonData
from dossiers.services.issue_slip import LineData
from dossiers.services.load_rulesets import load_rulesets
from dossiers.services.receive_supplement import receive_supplement
from dossiers.services.record_result import ResultData, record_result
from dossiers.services.refuse_intake import refuse_intake
from dossiers.services.report_loss import report_loss
from dossiers.services.request_opinion import request_opinion
from dossiers.services.request_supplement import request_supplement
from dossiers.services.request_withdrawal import request_withdrawal
from dossiers.services.sign_result import sign_result
from dossiers.services.stop_dossier import stop_dossier
from dossiers.services.take_dossier import take_dossier
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.accounts.services.load_calendar import load_calendar
from haddong_portal.common.actors import Actor
from haddong_portal.common.clock import VIETNAM
from procedures.models import ProcedureVersion, Sector
from tests.dossiers.documents.paper_checks import A4, A4_SIDE, A5, NATION, check_paper
from tests.factories import PublishedProcedure, UnitFactory, make_actor, pay_all, publish_procedure, receive

pytestmark = pytest.mark.django_db
# The longest names and addresses that people really have.
NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Thị Phương Thảo Nguyên"
ADDRESS = "Căn hộ 1207, tòa nhà hỗn hợp HH2B, khu đô thị mới Văn Quán - Yên Phúc, phường Văn Quán, quận Hà Đông, Hà Nội"
PROCEDURE = "Cấp Giấy xác nhận tình trạng hôn nhân để sử dụng vào mục đích kết hôn với người nước ngoài"
# What is issued before intake is the desk's own.
DESK = "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ PHƯỜNG VĂN QUÁN"
HEAD = ("ỦY BAN NHÂN DÂN QUẬN HÀ ĐÔNG", *NATION)
LEGAL = "Điều 21 Nghị định số 123/2015/NĐ-CP"


@dataclass(frozen=True)
class Era:
    """A rule-set of its time: what its forms are numbered and called, and a working Monday in it."""

    ruleset: str
    monday: date
    receipt_suffix: str
    prints_id: bool
    apology: tuple[str, str]
    extension: tuple[str, str]
    stop_no: str
    control_no: str
    register_no: str


R2 = Era(
    "R2",
    date(2024, 6, 3),
    "BPTNTKQ",
    False,
    ("04", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
    ("", "PHIẾU ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
    "",
    "05",
    "06",
)
R3 = Era(
    "R3",
    date(2025, 10, 6),
    "TTPVHCC",
    True,
    ("04", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN"),
    ("04", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN"),
    "05",
    "06",
    "07",
)


@pytest.fixture(params=[R2, R3], ids=lambda era: era.ruleset)
def era(request: pytest.FixtureRequest, settings: Any) -> Era:
    settings.PORTAL_RULESET = request.param.ruleset
    return request.param  # type: ignore[no-any-return]  # what the parameters are


@dataclass
class Desk:
    """A ward's desk, its people and one procedure."""

    era: Era
    ward: Unit
    clerk: Actor
    officer: Actor
    leader: Actor
    published: PublishedProcedure

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """So many days after the Monday."""
        on = self.era.monday + timedelta(days=day)
        return datetime(on.year, on.month, on.day, hour, minute, tzinfo=VIETNAM)

    def receive(self, published: PublishedProcedure | None = None, **changes: Any) -> Dossier:
        """Filed through a representative, with a paper of each kind."""
        published = published or self.published
        form, home = published.papers
        facts = {
            "person": PersonData(full_name=NAME, personal_id="001195000027", birth_year=1995, address=ADDRESS),
            "phone": "0912345678",
            "email": "phuong.thao.nguyen.1995@example.vn",
            "representative": PersonData(
                full_name="Lê Minh Khôi", personal_id="001204000035", address="Phường Kiến Hưng", phone="0987654321"
            ),
            "representative_relation": "giấy ủy quyền số 15/2024",
            "checklist": (
                ChecklistAnswer(form.pk, form.name, ChecklistState.PAPER, 1, 2, "có bản dịch"),
                ChecklistAnswer(home.pk, home.name, ChecklistState.ELECTRONIC, 0, 1, ""),
            ),
            "delivery": Delivery.POSTAL,
            "delivery_address": ADDRESS,
            "copies": 2,
            "confirmed_duplicate": True,
        }
        made = receive(self.clerk, published, now=self.at(0, 9, 5), **{**facts, **changes})
        return Dossier.objects.get(pk=made.dossier_id)

    def slip(self, dossier: Dossier, kind: FormKind) -> tuple[Slip, bytes]:
        slip = Slip.objects.filter(dossier=dossier, form_kind=kind).latest("pk")
        return slip, slip_pdf(actor=self.clerk, code=dossier.code, slip_id=slip.pk, now=self.at(0, 16))


@pytest.fixture
def desk(era: Era, ward: Unit) -> Desk:
    load_calendar()
    RuleSet.objects.all().delete()
    load_rulesets()
    ward.parent = UnitFactory(name="Ủy ban nhân dân quận Hà Đông", short_name="Quận Hà Đông")
    ward.phone, ward.desk_name = "024 3382 4567", "Bộ phận Tiếp nhận và Trả kết quả phường Văn Quán"
    ward.save()
    clerk, officer, leader = (
        make_actor(ward, role, name)
        for role, name in (
            (Role.CLERK, "Nguyễn Thị Lan"),
            (Role.OFFICER, "Lê Quang Minh"),
            (Role.LEADER, "Phạm Thị Hoa"),
        )
    )
    return Desk(era, ward, clerk, officer, leader, publish_procedure(at=ward, name=PROCEDURE))


def day_text(at: datetime) -> str:
    return f"ngày {at:%d} tháng {at:%m} năm {at:%Y}"


def moment_text(at: datetime) -> str:
    return f"{at:%H} giờ {at:%M} phút, {day_text(at)}"


def issued(desk: Desk, at: datetime) -> str:
    return f"Hà Đông, {day_text(at)}"


def test_form_01_the_receipt(desk: Desk, era: Era) -> None:
    dossier = desk.receive()
    slip, pdf = desk.slip(dossier, FormKind.RECEIPT)
    assert dossier.due_at is not None
    text = check_paper(
        pdf,
        name=f"{era.ruleset}-01",
        size=A5,
        words=(
            *HEAD,
            "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ PHƯỜNG VĂN QUÁN",
            "Mẫu số 01",
            f"Số: 01/{era.receipt_suffix}",
            issued(desk, desk.at(0, 9)),
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            f"Mã hồ sơ: {dossier.code}",
            f"Tiếp nhận hồ sơ của: {NAME}",
            f"Địa chỉ: {ADDRESS}",
            "Số điện thoại: 0912345678",
            "Email: phuong.thao.nguyen.1995@example.vn",
            "Người được ủy quyền: Lê Minh Khôi (giấy ủy quyền số 15/2024)",
            f"Nội dung yêu cầu giải quyết: {PROCEDURE} (mã thủ tục {desk.published.procedure.national_code})",
            "1. Tờ khai theo mẫu: 01 bản chính, 02 bản sao (có bản dịch)",
            "2. Giấy tờ chứng minh nơi ở: 01 bản sao, bản điện tử",
            "Số lượng hồ sơ: 2 (bộ)",
            "Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
            f"Thời gian nhận hồ sơ: {moment_text(desk.at(0, 9, 5))}",
            f"Thời gian trả kết quả giải quyết hồ sơ: {moment_text(desk.at(3, 17))}",
            f"Đăng ký nhận kết quả tại: Gửi qua bưu chính công ích: {ADDRESS}",
            "Lệ phí: 8.000 đồng",
            f"Quyển số: 01/{era.monday:%Y}, Số thứ tự: 1",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "Nguyễn Thị Lan",
            "024 3382 4567",
        ),
        codes=(tracking_url(dossier.code), survey_of(slip, desk.published.procedure.national_code)),
    )
    number = "Số định danh cá nhân / tổ chức: 001195000027"
    assert (number in text) == era.prints_id, "the line came with the form of 2025"


def test_form_02_the_supplement_and_the_receipt_after_it(desk: Desk, era: Era) -> None:
    dossier, paper = desk.receive(), desk.published.papers[0]
    take_dossier(actor=desk.officer, dossier_id=dossier.pk, now=desk.at(0, 14))
    lines = [
        LineData(
            name=paper.name,
            requirement_id=paper.pk,
            fault=FaultKind.UNSIGNED,
            note="Ký và ghi rõ họ tên ở trang 2",
            originals=1,
        )
    ]
    request_supplement(
        actor=desk.officer, dossier_id=dossier.pk, lines=lines, reason="Tờ khai chưa có chữ ký", now=desk.at(1, 8, 30)
    )
    slip, pdf = desk.slip(dossier, FormKind.SUPPLEMENT_REQUEST)
    assert slip.due_at is not None
    check_paper(
        pdf,
        name=f"{era.ruleset}-02",
        size=A5,
        words=(
            *HEAD,
            "ỦY BAN NHÂN DÂN PHƯỜNG VĂN QUÁN",
            "Mẫu số 02",
            "Số: 01/PBS",
            issued(desk, desk.at(1, 8)),
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            f"Mã hồ sơ: {dossier.code}",
            f"Hồ sơ của: {NAME}",
            f"Địa chỉ: {ADDRESS}",
            "Số điện thoại: 0912345678",
            "Email: phuong.thao.nguyen.1995@example.vn",
            f"Nội dung yêu cầu giải quyết: {PROCEDURE}",
            "1 Tờ khai theo mẫu 1",
            "Ký và ghi rõ họ tên ở trang 2",
            "Lý do: Tờ khai chưa có chữ ký",
            f"bổ sung trước: {moment_text(slip.due_at.astimezone(VIETNAM))}",
            "liên hệ với Lê Quang Minh, số điện thoại 024 3382 4567",
            "NGƯỜI HƯỚNG DẪN",
            "Lê Quang Minh",
        ),
        codes=(tracking_url(dossier.code), survey_of(slip, desk.published.procedure.national_code)),
    )
    ids = list(slip.lines.values_list("pk", flat=True))
    receive_supplement(actor=desk.clerk, dossier_id=dossier.pk, line_ids=ids, now=desk.at(2, 10))
    again, pdf = desk.slip(dossier, FormKind.RECEIPT)
    check_paper(
        pdf,
        name=f"{era.ruleset}-01-again",
        size=A5,
        words=(
            f"Số: 02/{era.receipt_suffix}",
            "(Cấp lại lần 1, thay giấy số 01",
            issued(desk, desk.at(2, 10)),
            f"Thời gian trả kết quả giải quyết hồ sơ: {moment_text(desk.at(7, 17))}",
        ),
        codes=(tracking_url(dossier.code), survey_of(again, desk.published.procedure.national_code)),
    )


def test_form_03_refusals_at_the_counter_and_as_a_result(desk: Desk, era: Era) -> None:
    person = PersonData(full_name=NAME, personal_id="001195000027", address=ADDRESS, phone="0912345678")
    wanted = IntakeRefusalData(
        reason="Việc này thuộc thẩm quyền của Ủy ban nhân dân phường nơi cư trú.",
        legal_basis=LEGAL,
        procedure_id=desk.published.procedure.pk,
        case_id=desk.published.case.pk,
    )
    slip = refuse_intake(actor=desk.clerk, person=person, refusal=wanted, key="tu-choi", now=desk.at(0, 9))
    head = (*HEAD, "Mẫu số 03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ")
    who = (f"Tiếp nhận hồ sơ của: {NAME}", "Số định danh cá nhân / tổ chức: 001195000027", f"Địa chỉ: {ADDRESS}")
    check_paper(
        counter_slip_pdf(actor=desk.clerk, slip_id=slip.pk, now=desk.at(0, 9)),
        name=f"{era.ruleset}-03-counter",
        size=A5,
        words=(
            *head,
            *who,
            DESK,
            "Số: 01/PTC",
            issued(desk, desk.at(0, 9)),
            "Số điện thoại: 0912345678",
            f"Nội dung yêu cầu giải quyết: {PROCEDURE}",
            "không tiếp nhận, giải quyết hồ sơ này với lý do",
            wanted.reason,
            f"Căn cứ: {LEGAL}",
            "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ",
            "Nguyễn Thị Lan",
        ),
        codes=(survey_of(slip, desk.published.procedure.national_code),),
    )
    dossier = desk.receive()
    take_dossier(actor=desk.officer, dossier_id=dossier.pk, now=desk.at(0, 14))
    decide_refusal(
        actor=desk.leader, dossier_id=dossier.pk, reason="Đang có vợ hoặc chồng", legal_basis=LEGAL, now=desk.at(1, 9)
    )
    slip, pdf = desk.slip(dossier, FormKind.REFUSAL)
    check_paper(
        pdf,
        name=f"{era.ruleset}-03-result",
        size=A5,
        words=(
            *head,
            *who,
            "ỦY BAN NHÂN DÂN PHƯỜNG VĂN QUÁN",
            "(Ký tên, đóng dấu)",
            "Số: 02/PTC",
            f"Mã hồ sơ: {dossier.code}",
            "từ chối giải quyết hồ sơ này",
            "Đang có vợ hoặc chồng",
            f"Căn cứ: {LEGAL}",
            "Phạm Thị Hoa",
        ),
        codes=(survey_of(slip, desk.published.procedure.national_code),),
    )


def test_guidance_at_the_counter(desk: Desk, era: Era) -> None:
    paper = desk.published.papers[0]
    guidance = GuidanceData(
        procedure_id=desk.published.procedure.pk,
        case_id=desk.published.case.pk,
        lines=[LineData(name=paper.name, requirement_id=paper.pk, fault=FaultKind.MISSING, originals=1)],
        reason="Chưa có tờ khai theo mẫu",
    )
    person = PersonData(full_name=NAME, personal_id="001195000027", address=ADDRESS, phone="0912345678")
    slip = guide_applicant(actor=desk.clerk, person=person, guidance=guidance, key="huong-dan", now=desk.at(0, 9))
    check_paper(
        counter_slip_pdf(actor=desk.clerk, slip_id=slip.pk, now=desk.at(0, 9)),
        name=f"{era.ruleset}-02-guidance",
        size=A5,
        words=(
            *HEAD,
            DESK,
            "Mẫu số 02",
            "Số: 01/PBS",
            f"Hồ sơ của: {NAME}",
            f"Địa chỉ: {ADDRESS}",
            "Số điện thoại: 0912345678",
            f"Nội dung yêu cầu giải quyết: {PROCEDURE}",
            "1 Tờ khai theo mẫu 1",
            "Lý do: Chưa có tờ khai theo mẫu",
            "liên hệ với Nguyễn Thị Lan, số điện thoại 024 3382 4567",
            "NGƯỜI HƯỚNG DẪN",
        ),
        codes=(survey_of(slip, desk.published.procedure.national_code),),
    )


def test_form_04_the_apology_and_the_request_for_more_time(desk: Desk, era: Era) -> None:
    dossier = desk.receive()
    take_dossier(actor=desk.officer, dossier_id=dossier.pk, now=desk.at(0, 14))
    extend_once(
        actor=desk.leader,
        dossier_id=dossier.pk,
        new_due_on=era.monday + timedelta(days=8),
        reason="Chưa nhận được kết quả xác minh của nơi cư trú trước đây",
        now=desk.at(1, 9),
    )
    number, title = era.apology
    _, pdf = desk.slip(dossier, FormKind.APOLOGY_LETTER)
    common = (
        *HEAD,
        "ỦY BAN NHÂN DÂN PHƯỜNG VĂN QUÁN",
        issued(desk, desk.at(1, 9)),
        dossier.code,
        moment_text(desk.at(3, 17)),
        moment_text(desk.at(8, 17)),
        "Chưa nhận được kết quả xác minh của nơi cư trú trước đây",
        "Phạm Thị Hoa",
    )
    check_paper(
        pdf,
        name=f"{era.ruleset}-04-apology",
        size=A5,
        words=(
            *common,
            f"Mẫu số {number}",
            "/PXL",
            title,
            f"Kính gửi: {NAME}",
            f"{day_text(desk.at(0, 9)).capitalize()}, Ủy ban nhân dân phường Văn Quán tiếp nhận",
            "số định danh: 001195000027",
            f"tên thủ tục hành chính: {PROCEDURE}",
            f"Thời gian hẹn trả kết quả: {moment_text(desk.at(3, 17))}",
            "xin lỗi ông/bà (tổ chức) và sẽ trả kết quả giải quyết hồ sơ vào: ",
            "(Ký tên, đóng dấu)",
        ),
    )
    number, title = era.extension
    _, pdf = desk.slip(dossier, FormKind.EXTENSION_REQUEST)
    text = check_paper(
        pdf,
        name=f"{era.ruleset}-04-extension",
        size=A5,
        words=(*common, title, "Kính gửi: Bộ phận Tiếp nhận và Trả kết quả phường Văn Quán", "Lý do đề nghị gia hạn:"),
    )
    assert (f"Mẫu số {number}" in text) if number else ("Mẫu số" not in text)


def test_lost_papers(desk: Desk, era: Era) -> None:
    dossier = desk.receive()
    report_loss(
        actor=desk.clerk,
        dossier_id=dossier.pk,
        what="Bản chính tờ khai",
        reason="Thất lạc khi chuyển kho",
        remedy="Cơ quan in lại, công chức đến nhà lấy chữ ký",
        cost_vnd=15_000,
        now=desk.at(1, 9),
    )
    check_paper(
        desk.slip(dossier, FormKind.APOLOGY_LETTER)[1],
        name=f"{era.ruleset}-04-lost",
        size=A5,
        words=(
            *HEAD,
            f"Kính gửi: {NAME}",
            dossier.code,
            "mất, thất lạc hoặc hư hỏng giấy tờ",
            "Thất lạc khi chuyển kho",
            "Cơ quan in lại, công chức đến nhà lấy chữ ký",
            "15.000 đồng",
            "Phạm Thị Hoa",
        ),
    )


def test_the_notice_that_a_dossier_is_stopped(desk: Desk, era: Era) -> None:
    dossier = desk.receive()
    request_withdrawal(actor=desk.clerk, dossier_id=dossier.pk, reason="Chuyển nơi cư trú", now=desk.at(1, 9))
    stop_dossier(actor=desk.clerk, dossier_id=dossier.pk, note="Người nộp đề nghị dừng", now=desk.at(1, 10))
    if not Slip.objects.filter(dossier=dossier, form_kind=FormKind.STOP_NOTICE).exists():
        assert era.ruleset == "R2", "before 2025 the applicant's own letter ends it"
        return
    text = check_paper(
        desk.slip(dossier, FormKind.STOP_NOTICE)[1],
        name=f"{era.ruleset}-05-stop",
        size=A5,
        words=(
            *HEAD,
            "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
            issued(desk, desk.at(1, 10)),
            f"Mã hồ sơ: {dossier.code}",
            f"Người nộp hồ sơ: {NAME}",
            PROCEDURE,
            f"{day_text(desk.at(0, 9)).capitalize()}, Ủy ban nhân dân phường Văn Quán tiếp nhận hồ sơ sau",
            f"Thời gian nhận yêu cầu dừng giải quyết: {moment_text(desk.at(1, 9))}",
            "Lý do dừng: Người nộp đề nghị dừng",
            f"dừng giải quyết hồ sơ này kể từ {moment_text(desk.at(1, 10))}",
            "1. Tờ khai theo mẫu",
            "Nguyễn Thị Lan",
        ),
    )
    assert (f"Mẫu số {era.stop_no}" in text) if era.stop_no else ("Mẫu số" not in text)


def test_the_request_for_an_opinion(desk: Desk, era: Era) -> None:
    police = UnitFactory(name="Công an phường Văn Quán", short_name="CA Văn Quán")
    dossier = desk.receive()
    take_dossier(actor=desk.officer, dossier_id=dossier.pk, now=desk.at(0, 14))
    asks = [
        AskData(
            unit_id=police.pk,
            question="Xác minh tình trạng cư trú từ năm 2015 đến nay",
            answer_on=era.monday + timedelta(days=2),
        )
    ]
    request_opinion(actor=desk.officer, dossier_id=dossier.pk, asks=asks, now=desk.at(1, 9))
    check_paper(
        desk.slip(dossier, FormKind.OPINION_REQUEST)[1],
        name=f"{era.ruleset}-opinion",
        size=A5,
        words=(
            *HEAD,
            "Kính gửi: Công an phường Văn Quán",
            dossier.code,
            NAME,
            f"Địa chỉ: {ADDRESS}",
            PROCEDURE,
            "Nội dung xin ý kiến: Xác minh tình trạng cư trú từ năm 2015 đến nay",
            f"Đề nghị trả lời trước: {moment_text(desk.at(2, 17))}",
            "Ý kiến gửi về: Ủy ban nhân dân phường Văn Quán, điện thoại 024 3382 4567",
        ),
    )


def returned(desk: Desk) -> Dossier:
    """Brought to its hand-over."""
    dossier = desk.receive()
    take_dossier(actor=desk.officer, dossier_id=dossier.pk, now=desk.at(0, 14))
    finish_step(actor=desk.officer, dossier_id=dossier.pk, now=desk.at(1, 10))
    sign_result(actor=desk.leader, dossier_id=dossier.pk, now=desk.at(1, 11))
    record_result(
        actor=desk.clerk,
        dossier_id=dossier.pk,
        result=ResultData(name="Giấy xác nhận", number="12/XN"),
        now=desk.at(1, 11, 30),
    )
    pay_all(desk.clerk, dossier.pk, now=desk.at(2, 9, 30))
    hand_over_result(actor=desk.clerk, dossier_id=dossier.pk, collector_name=NAME, now=desk.at(2, 10))
    return Dossier.objects.get(pk=dossier.pk)


def test_the_control_sheet_and_the_register(desk: Desk, era: Era) -> None:
    dossier = returned(desk)
    check_paper(
        control_sheet_pdf(actor=desk.clerk, code=dossier.code, now=desk.at(2, 16)),
        name=f"{era.ruleset}-{era.control_no}-control",
        size=A5,
        words=(
            *HEAD,
            f"Mẫu số {era.control_no}",
            "Số: 01/PKS",
            "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
            f"Mã hồ sơ: {dossier.code}",
            "Cơ quan (bộ phận) giải quyết hồ sơ: Ủy ban nhân dân phường Văn Quán",
            f"Ngày nhận: {moment_text(desk.at(0, 9, 5))}",
            f"Hẹn trả kết quả: {moment_text(desk.at(3, 17))}",
            "Tên đơn vị (1. Giao / 2. Nhận)",
            "1. Giao: Bộ phận Tiếp nhận và Trả kết quả phường Văn Quán 2. Nhận: Ủy ban nhân dân phường Văn Quán",
            f"{desk.at(0, 14):%H giờ %M phút, ngày %d/%m/%Y}",
            "Lê Quang Minh",
            "Phạm Thị Hoa",
            "trước hạn",
        ),
    )
    pdf = register_file(actor=desk.clerk, unit_id=desk.ward.pk, year=era.monday.year, kind="pdf", now=desk.at(2, 16))
    check_paper(
        pdf,
        name=f"{era.ruleset}-{era.register_no}-register",
        size=A4_SIDE,
        words=(
            *HEAD,
            f"Mẫu số {era.register_no}",
            "SỔ THEO DÕI HỒ SƠ",
            f"Năm {era.monday.year}, quyển số: 01",
            "STT Mã hồ sơ Tên thủ tục hành chính Tên tổ chức, cá nhân Địa chỉ, số điện thoại",
            "Cơ quan chủ trì giải quyết",
            "Nhận hồ sơ Hẹn trả kết quả Trả kết quả Phương thức nhận kết quả Ký nhận",
            dossier.code,
            f"{desk.at(0, 9, 5):%H:%M %d/%m/%Y}",
            f"{desk.at(3, 17):%H:%M %d/%m/%Y}",
            f"{desk.at(2, 10):%H:%M %d/%m/%Y}",
        ),
    )


def test_the_day_end_and_a_delivery_list(desk: Desk, era: Era) -> None:
    returned(desk)
    sheet = close_day(
        actor=desk.clerk,
        day=era.monday + timedelta(days=2),
        cash_counted_vnd=7000,
        note="Thiếu 1.000 đồng",
        now=desk.at(2, 17),
    )
    check_paper(
        day_end_pdf(actor=desk.clerk, sheet_id=sheet.pk, now=desk.at(2, 17)),
        name=f"{era.ruleset}-day-end",
        size=A4,
        words=(
            *HEAD,
            day_text(desk.at(2, 17)).capitalize(),
            "Người tiếp nhận hồ sơ: Nguyễn Thị Lan",
            "Hồ sơ đã trả kết quả",
            "Lệ phí",
            "Số tiền theo sổ: 8.000 đồng",
            "Số tiền thực nộp: 7.000 đồng",
            "Chênh lệch (thực nộp trừ theo sổ): -1.000 đồng",
            "Lý do chênh lệch: Thiếu 1.000 đồng",
            NAME,
        ),
    )
    district = UnitFactory(name="Phòng Tư pháp quận Hà Đông", short_name="Phòng Tư pháp")
    handled = publish_procedure(at=desk.ward, handling=district, name=PROCEDURE)
    sent = [desk.receive(handled) for _ in range(3)]
    delivery = hand_over_batch(
        actor=desk.clerk,
        to_unit_id=district.pk,
        dossier_ids=[one.pk for one in sent],
        note="chuyến 15 giờ",
        now=desk.at(0, 15),
    )
    check_paper(
        delivery_pdf(actor=desk.clerk, delivery_id=delivery.pk, now=desk.at(0, 15)),
        name=f"{era.ruleset}-delivery",
        size=A4,
        words=(
            *HEAD,
            "DANH SÁCH BÀN GIAO HỒ SƠ",
            "Đơn vị nhận: Phòng Tư pháp quận Hà Đông",
            f"Thời gian giao: {moment_text(desk.at(0, 15))}",
            "chuyến 15 giờ",
            *(one.code for one in sent),
            "Tổng số: 3 hồ sơ",
            "BÊN GIAO BÊN NHẬN",
        ),
    )


def test_residence_papers_have_the_polices_forms(desk: Desk, era: Era) -> None:
    residence = publish_procedure(at=desk.ward, name="Đăng ký thường trú")
    sector = Sector.objects.create(code="G01-CA05", name="Đăng ký, quản lý cư trú")
    ProcedureVersion.objects.filter(pk=residence.version.pk).update(sector=sector)
    dossier = desk.receive(residence)
    slip, pdf = desk.slip(dossier, FormKind.RECEIPT)
    code = residence.procedure.national_code
    check_paper(
        pdf,
        name=f"{era.ruleset}-CT04",
        size=A5,
        words=(
            *HEAD,
            "Mẫu số CT04",
            "PHIẾU TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            f"Mã hồ sơ: {dossier.code}",
            f"Tiếp nhận hồ sơ của: {NAME}",
            "Nội dung yêu cầu giải quyết: Đăng ký thường trú",
            f"Thời gian trả kết quả giải quyết hồ sơ: {moment_text(desk.at(3, 17))}",
        ),
        codes=(tracking_url(dossier.code), survey_of(slip, code)),
    )
    take_dossier(actor=desk.officer, dossier_id=dossier.pk, now=desk.at(0, 14))
    decide_refusal(actor=desk.leader, dossier_id=dossier.pk, reason="Chỗ ở chưa hợp pháp", now=desk.at(1, 9))
    slip, pdf = desk.slip(dossier, FormKind.REFUSAL)
    check_paper(
        pdf,
        name=f"{era.ruleset}-CT06",
        size=A5,
        words=(*HEAD, "Mẫu số CT06", "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "Chỗ ở chưa hợp pháp", NAME),
        codes=(survey_of(slip, code),),
    )
