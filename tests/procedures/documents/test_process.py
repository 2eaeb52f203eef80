"""The printed ISO document: everything of domain.md §13.2 stands on it, filled from the catalogue."""

from __future__ import annotations

import io

import pypdf
import pytest

from haddong_portal.accounts.services.load_units import load_units
from haddong_portal.common.actors import system_actor
from procedures.documents.process import render_process
from procedures.models import IsoProcess, IsoSection
from procedures.services.import_catalogue import STARTER, import_catalogue
from procedures.services.load_iso_processes import load_iso_processes
from procedures.services.load_performed_here import load_performed_here
from procedures.services.process_sheet import process_document
from tests.factories import make_process

A4_POINTS = (595.3, 841.9)


def text_of(process: IsoProcess) -> str:
    reader = pypdf.PdfReader(io.BytesIO(render_process(process_document(process.pk))))
    assert {(round(page.mediabox.width, 1), round(page.mediabox.height, 1)) for page in reader.pages} == {A4_POINTS}
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture
def permit(db: None) -> IsoProcess:
    """The building permit's second issue, with its catalogue around it."""
    load_units()
    import_catalogue(actor=system_actor(), path=STARTER, publish=True)
    load_iso_processes()
    load_performed_here()
    return IsoProcess.objects.get(code="QT-XD-01", version=2)


def test_the_document_has_its_cover_amendments_and_seven_parts(permit: IsoProcess) -> None:
    text = text_of(permit)
    for expected in (
        "QUY TRÌNH NỘI BỘ THEO TCVN ISO 9001:2015",
        "Mã hiệu: QT-XD-01",
        "Lần ban hành: 02",
        "01/01/2024",
        "Quyết định số XD-02/QĐ-UBND (chưa xác nhận) ngày 20/12/2023",
        "Người soạn thảo",
        "Phòng Quản lý đô thị",
        "Chủ tịch UBND quận",
        "Nơi nhận",
        "BẢNG THEO DÕI SỬA ĐỔI",
        "Lấy ý kiến hai phòng song song với kiểm tra thực địa",
        "1. MỤC ĐÍCH",
        "2. PHẠM VI ÁP DỤNG",
        "3. TÀI LIỆU VIỆN DẪN",
        "4. ĐỊNH NGHĨA, CHỮ VIẾT TẮT",
        "5. NỘI DUNG QUY TRÌNH",
        "5.1. Cơ sở pháp lý",
        "5.8. Yêu cầu, điều kiện thực hiện",
        "6. BIỂU MẪU",
        "BM-XD-01",
        "7. HỒ SƠ LƯU",
        "Theo thời gian tồn tại của công trình",
    ):
        assert expected in text, expected


def test_the_catalogue_fills_what_the_process_does_not_say(permit: IsoProcess) -> None:
    text = text_of(permit)
    for expected in (
        "Luật",
        "Đơn đề nghị cấp giấy phép xây dựng",
        "15 ngày",
        "Bộ phận Tiếp nhận và Trả kết quả",
        "01 bộ.",
    ):
        assert expected in text, expected
    assert "Tổng thời gian các bước theo tuyến dài nhất: 64 giờ làm việc (8 ngày)." in text
    assert "Cắt giảm so với thời hạn: 16 giờ làm việc (2 ngày)." in text


def test_the_step_table_marks_branches_and_returns(permit: IsoProcess) -> None:
    text = text_of(permit)
    for expected in (
        "TT Trình tự Trách nhiệm Thời gian Biểu mẫu/Kết quả",
        "Nhánh 1, song song với tuyến chính; bắt đầu sau bước 3; bước 8 chờ nhánh này",
        "Chuyên viên Phòng Tài nguyên và Môi trường",
        "Trả lại được về bước 3, 7",
        "16 giờ làm việc (2 ngày)",
        "Văn bản ý kiến của Phòng Văn hóa và Thông tin",
    ):
        assert expected in text, expected


def test_every_shipped_process_prints(permit: IsoProcess) -> None:
    for process in IsoProcess.objects.all():
        assert process.code in text_of(process)


def test_a_draft_says_so_on_every_page_and_its_own_sections_come_in_its_own_order(db: None) -> None:
    process = make_process()
    IsoProcess.objects.filter(pk=process.pk).update(state="draft", valid_from=None)
    for position, (number, kind, title) in enumerate((("1", "other", "Lời dẫn"), ("2", "steps", "Các bước")), start=1):
        IsoSection.objects.create(
            process=process, position=position, number=number, title=title, kind=kind, body="Chữ của đơn vị.\nDòng hai."
        )
    text = text_of(process)
    assert "DỰ THẢO, CHƯA CÓ HIỆU LỰC" in text
    assert text.count("Dự thảo, chưa có hiệu lực") >= 2
    assert text.index("1. LỜI DẪN") < text.index("2. CÁC BƯỚC") < text.index("Thẩm tra hồ sơ")
    assert "NỘI DUNG QUY TRÌNH" not in text
