"""The one receipt of a linked case: every field stands on it, its code scans, and hostile names stay on the paper."""

from __future__ import annotations

from dataclasses import replace

from dossiers.documents.parts import FormApplicant, FormHead
from interlink.documents.linked_receipt import LinkedReceiptData, PromisedLeg, TakenPaper, render_linked_receipt
from tests.dossiers.documents.paper_checks import A5, NATION, check_paper, words_of
from tests.dossiers.documents.samples import at

CODE = "LT.000.99.01.H26-241205-0003"
TRACKING = f"https://motcua.example/tra-cuu/lien-thong/{CODE}.QBKXVABCDEFGHIJK/"
SAMPLE = LinkedReceiptData(
    head=FormHead(
        "Ủy ban nhân dân quận Hà Đông",
        "Bộ phận Một cửa phường Văn Quán",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "3",
        "Hà Đông",
        at(5, 12, 15, 40),
        number_suffix="BPTNTKQ",
    ),
    case_code=CODE,
    applicant=FormApplicant("Trần Văn Tú", "001090012345", "Số 5, phố Văn Quán", "0912345678"),
    request="Liên thông khai sinh, thường trú, thẻ bảo hiểm y tế",
    procedure_code="2.002621",
    subject="Trần Minh An, sinh ngày 01/12/2024",
    papers=(TakenPaper("Giấy chứng sinh", "bản điện tử"), TakenPaper("Giấy chứng nhận kết hôn", "dùng lại từ kho")),
    legs=(
        PromisedLeg("Đăng ký khai sinh", "Phường Văn Quán", "trong ngày làm việc", at(6, 12, 17, 0), code="H26-1"),
        PromisedLeg("Đăng ký thường trú", "Công an", "02 ngày làm việc", at(10, 12, 17, 0)),
        PromisedLeg("Cấp thẻ BHYT", "Bảo hiểm xã hội", "02 ngày làm việc", None, "02 ngày từ khi có số định danh"),
    ),
    confirmations=("Chủ hộ Trần Văn Ba",),
    accepted_at=at(5, 12, 15, 40),
    group_due_at=at(11, 12, 17, 0),
    explanation=("Nộp sau 15:00 nên tính từ 06/12/2024.", "Cả nhóm: 3 ngày làm việc."),
    delivery="Bản điện tử",
    clerk_name="Nguyễn Thị Lan",
    tracking_url=TRACKING,
    tracking_hint="motcua.example/tra-cuu",
    hotline="024 3382 4444",
)


def test_every_field_is_printed_and_the_code_scans() -> None:
    words = (
        *NATION,
        CODE,
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Trần Văn Tú",
        "2.002621",
        "Trần Minh An",
        "Giấy chứng sinh: bản điện tử",
        "Đăng ký thường trú",
        "17:00 10/12/2024",
        "02 ngày từ khi có số định danh",
        "17 giờ 00 phút, ngày 11 tháng 12 năm 2024",
        "Nộp sau 15:00 nên tính từ 06/12/2024; Cả nhóm",
        "Chủ hộ Trần Văn Ba",
        "Nguyễn Thị Lan",
        "motcua.example/tra-cuu",
    )
    check_paper(render_linked_receipt(SAMPLE), name="linked-receipt", size=A5, words=words, codes={TRACKING})


def test_without_a_date_the_receipt_promises_to_tell_it() -> None:
    text = words_of(render_linked_receipt(replace(SAMPLE, group_due_at=None, explanation=(), confirmations=())))
    assert "sẽ thông báo khi xác định được ngày trả" in text
    assert "Còn chờ ý kiến" not in text


def test_hostile_and_endless_names_stay_on_the_paper() -> None:
    hostile = "#panic() $x$ \\ " + "Aaaa" * 60
    legs = tuple(replace(leg, name=hostile, agency=hostile, waits_for=hostile, due_at=None) for leg in SAMPLE.legs)
    wild = replace(SAMPLE, subject=hostile, legs=legs, papers=(TakenPaper(hostile, hostile),))
    check_paper(render_linked_receipt(wild), name="linked-wild", size=A5, words=["#panic() $x$"], codes={TRACKING})
