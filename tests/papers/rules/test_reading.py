"""Wordings of real papers, and what a clerk would write down from them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.papers.rules.holder import holder_likeness
from dossiers.papers.rules.reading import read_paper
from dossiers.papers.rules.reading_types import TypeWords
from dossiers.papers.rules.reading_values import read_date, read_name
from dossiers.papers.rules.spelling import Likeness, composed, flat, likeness

TYPES = (
    TypeWords(
        "BIRTH_CERTIFICATE",
        ("Giấy khai sinh", "Trích lục khai sinh"),
        (("birth_date", "Ngày, tháng, năm sinh", "date"),),
    ),
    TypeWords("BIRTH_NOTICE", ("Giấy chứng sinh",)),
    TypeWords("MARRIAGE_CERTIFICATE", ("Giấy chứng nhận kết hôn", "Trích lục kết hôn")),
    TypeWords("MARITAL_STATUS", ("Giấy xác nhận tình trạng hôn nhân",)),
    TypeWords("LAND_USE_CERTIFICATE", ("Giấy chứng nhận quyền sử dụng đất", "Sổ đỏ")),
    TypeWords("BUSINESS_HOUSEHOLD_LICENCE", ("Giấy chứng nhận đăng ký hộ kinh doanh",)),
    TypeWords("DEATH_EXTRACT", ("Trích lục khai tử", "Giấy chứng tử")),
    TypeWords("IDENTITY", ("Căn cước công dân", "Thẻ căn cước")),
)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Số: 123/2019", "number", "123/2019"),
        ("Số: 45/TLKS-BS", "number", "45/TLKS-BS"),
        ("SỐ : 07 / 2021 / XNHN", "number", "07/2021/XNHN"),
        ("Số/No: 12/2020", "number", "12/2020"),
        ("Số 1024/QĐ-UBND", "number", "1024/QĐ-UBND"),
        ("Số vào sổ cấp GCN: CH 01234", "number", "CH 01234"),
        ("Số vào sổ cấp giấy chứng nhận: CS-00987", "number", "CS-00987"),
        ("Mã số đăng ký hộ kinh doanh: 01H8012345", "number", "01H8012345"),
        ("GIẤY CHỨNG NHẬN ĐĂNG KÝ KẾT HÔN số: 88", "number", "88"),
        ("Mã số: DN4010112345678", "number", "DN4010112345678"),
        ("BA 123456", "number", "BA 123456"),
        ("Số định danh cá nhân: 001190000001", "holder_id", "001190000001"),
        ("Số CCCD: 001 190 000 001", "holder_id", "001190000001"),
        ("Căn cước công dân số: OO119OOOOOO1", "holder_id", "001190000001"),
        ("Giấy tờ tùy thân: CMND số 111222333, cấp ngày 02/03/2010", "holder_id", "111222333"),
        ("Số / No.: 036090012345", "holder_id", "036090012345"),
        ("Hà Đông, ngày 05 tháng 3 năm 2024", "issued_on", "2024-03-05"),
        ("Hà Nội, ngày O5 tháng l2 năm 2O21", "issued_on", "2021-12-05"),
        ("Ngày cấp: 02/03/2010", "issued_on", "2010-03-02"),
        ("Ngày, tháng, năm cấp: 15.08.2019", "issued_on", "2019-08-15"),
        ("Đăng ký ngày 9 tháng 11 năm 2016", "issued_on", "2016-11-09"),
        ("Ngày, tháng, năm đăng ký: 15/08/2019", "issued_on", "2019-08-15"),
        ("Đăng ký lần đầu, ngày 20 tháng 01 năm 2018", "issued_on", "2018-01-20"),
        ("Có giá trị đến: 12/07/2030", "valid_to", "2030-07-12"),
        ("Date of expiry: 12/07/2030", "valid_to", "2030-07-12"),
        ("Nơi cấp: Cục Cảnh sát quản lý hành chính về trật tự xã hội", "issuer_name",
         "Cục Cảnh sát quản lý hành chính về trật tự xã hội"),
        ("Nơi đăng ký khai sinh: UBND phường Văn Quán, Hà Đông", "issuer_name", "UBND phường Văn Quán, Hà Đông"),
        ("TM. ỦY BAN NHÂN DÂN PHƯỜNG LA KHÊ", "issuer_name", "ỦY BAN NHÂN DÂN PHƯỜNG LA KHÊ"),
        ("UBND PHƯỜNG YÊN NGHĨA   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "issuer_name", "UBND PHƯỜNG YÊN NGHĨA"),
        ("Cơ quan cấp: Sở Tài nguyên và Môi trường thành phố Hà Nội", "issuer_name",
         "Sở Tài nguyên và Môi trường thành phố Hà Nội"),
        ("Họ, chữ đệm, tên: NGUYỄN THỊ LAN", "holder_name", "NGUYỄN THỊ LAN"),
        ("Họ và tên: Trần Văn Tú   Giới tính: Nam", "holder_name", "Trần Văn Tú"),
        ("Họ và tên / Full name: PHẠM THỊ HÒA", "holder_name", "PHẠM THỊ HÒA"),
        ("Họ tên người chết: Lê Quang Minh, sinh năm 1950", "holder_name", "Lê Quang Minh"),
        ("Họ và tên Nguyễn Văn Đức", "holder_name", "Nguyễn Văn Đức"),
        ("Cấp cho ông: Đỗ Văn Trường", "holder_name", "Đỗ Văn Trường"),
        ("Ông: Ngô Đức Thắng, sinh năm 1972", "holder_name", "Ngô Đức Thắng"),
    ],
)  # fmt: skip
def test_a_wording(line: str, field: str, value: str) -> None:
    reading = read_paper(f"MỘT DÒNG TRƯỚC\n{line}\nmột dòng sau\n")
    assert field in reading.fields, reading
    assert reading.fields[field].value == value
    assert reading.fields[field].snippet in line


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Ngày sinh: 12/07/1990", "issued_on"),
        ("Căn cứ Nghị định ngày 05 tháng 3 năm 2020", "issued_on"),
        ("Ngày 31 tháng 02 năm 2024", "issued_on"),
        ("Số định danh cá nhân: 001190000001", "number"),
        ("Số điện thoại: 0912345678", "number"),
        ("Thửa đất số: 123", "number"),
        ("Họ, chữ đệm, tên người mẹ: TRẦN THỊ HOA", "holder_name"),
        ("Họ và tên cha: Nguyễn Văn Đức", "holder_name"),
        ("Số định danh: 000000000000", "holder_id"),
    ],
)
def test_what_looks_alike_is_not_taken(line: str, field: str) -> None:
    assert field not in read_paper(line).fields


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("GIẤY KHAI SINH", "BIRTH_CERTIFICATE"),
        ("GIAY KHAI SINH", "BIRTH_CERTIFICATE"),
        ("TRÍCH LỤC KHAI SINH (BẢN SAO)", "BIRTH_CERTIFICATE"),
        ("GlẤY KHAl SINH", "BIRTH_CERTIFICATE"),
        ("GIẤY CHỨNG SINH", "BIRTH_NOTICE"),
        ("GIẤY XÁC NHẬN\nTÌNH TRẠNG HÔN NHÂN", "MARITAL_STATUS"),
        ("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở", "LAND_USE_CERTIFICATE"),
        ("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "BUSINESS_HOUSEHOLD_LICENCE"),
        ("CĂN CƯỚC CÔNG DÂN", "IDENTITY"),
    ],
)
def test_a_title_tells_the_type(title: str, code: str) -> None:
    reading = read_paper(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{title}\nHọ tên: Trần Văn Tú", TYPES)
    assert (reading.type_code, reading.type_sure > 0.6) == (code, True)


def test_no_title_no_type() -> None:
    assert read_paper("Kính gửi: Ủy ban nhân dân", TYPES).type_code == ""


def test_the_checklist_decides_between_equals() -> None:
    twins = (TypeWords("A", ("Đơn đề nghị",)), TypeWords("B", ("Đơn đề nghị",)))
    assert read_paper("ĐƠN ĐỀ NGHỊ", twins, expected=["A"]).type_code == "A"
    assert read_paper("ĐƠN ĐỀ NGHỊ", twins, expected=["B"]).type_code == "B"


def test_a_field_of_the_types_own() -> None:
    reading = read_paper("GIẤY KHAI SINH\nNgày, tháng, năm sinh: 12/07/1990  Nữ", TYPES)
    assert reading.own["birth_date"].value == "1990-07-12"


def test_the_surest_hit_wins() -> None:
    text = "Ngày 01 tháng 02 năm 2020\nHà Đông, ngày 05 tháng 3 năm 2024"
    assert read_paper(text).fields["issued_on"].value == "2024-03-05"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nguyễn Thị Lan", "NGUYEN THI LAN", Likeness.SAME),
        ("Nguyễn Thị Lan", "Nguyễn Thị Lân", Likeness.SAME),
        ("Nguyễn Thị Lan", "NG UYỄN THỊ LAN", Likeness.SAME),
        ("Nguyễn Thị Lan", "Nguyễn Thl Lan", Likeness.NEAR),
        ("Nguyễn Thị Lan", "Nguyễn Thị Thu Lan", Likeness.OTHER),
        ("Nguyễn Thị Lan", "Trần Văn Tú", Likeness.OTHER),
        ("", "Trần Văn Tú", Likeness.UNKNOWN),
    ],
)
def test_names_without_diacritics(one: str, other: str, expected: Likeness) -> None:
    assert likeness(one, other) is expected is likeness(other, one)


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("Nguyễn Thị Lan", "001190000001", Likeness.SAME),
        ("Nguyên Thl Lam", "001190000001", Likeness.SAME),
        ("Nguyễn Thị Lan", "001190000002", Likeness.NEAR),
        ("Trần Văn Tú", "001090000009", Likeness.OTHER),
        ("Nguyễn Thị Lan", "", Likeness.SAME),
        ("Trần Văn Tú", "", Likeness.OTHER),
        ("", "", Likeness.UNKNOWN),
        ("Nguyễn Thị Lan", "111222333", Likeness.SAME),
    ],
)
def test_whose_paper_it_is(name: str, number: str, expected: Likeness) -> None:
    found = holder_likeness(name=name, personal_id=number, owner_name="Nguyễn Thị Lan", owner_id="001190000001")
    assert found is expected


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    reading = read_paper(text, TYPES)
    assert all(proposal.value and 0 < proposal.sure <= 1 for proposal in reading.fields.values())


@given(st.text(max_size=200))
def test_the_flat_text_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(flat(composed(text))) == len(composed(text))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_is_read_back_in_every_spelling(day: date) -> None:
    spellings = (f"{day:%d/%m/%Y}", f"{day.day} tháng {day.month} năm {day.year}", f"{day:%d} . {day:%m} . {day:%Y}")
    assert {read_date(spelled) for spelled in spellings} == {day.isoformat()}


@pytest.mark.parametrize("raw", ["Lan", "", "12/07/1990", ": ,"])
def test_what_is_no_name(raw: str) -> None:
    assert read_name(raw) == ""
