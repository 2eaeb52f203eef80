"""Which paper a line names: only when it is clear, without diacritics, and measured on lines that a person judged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.common.text import fold
from procedures.rules.cases import parse_cases
from procedures.rules.paper_names import PaperNames, with_paper_types
from procedures.rules.parsed import ParsedRequirement
from procedures.rules.record import parse_record
from tests.data.shipped import catalogue, load
from tests.procedures.records import record
from tests.shared_data import shared_path

# Lines of the real catalogue as a person judged them: the first twelve digits of the SHA-256 of each line, by type;
# "" = no single paper is named. Sixty that the rule gave a type, and sixty that mention a paper and got none.
CHECKED = Path(__file__).with_name("checked_lines.json")


def shipped_names() -> dict[str, list[str]]:
    types = load("dossiers/papers/data/paper_types.json")["types"]
    return {one["code"]: [one["name"], *one["other_names"]] for one in types if not one["never_demand"]}


NAMES = PaperNames(shipped_names())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Giấy khai sinh", "BIRTH_CERTIFICATE"),
        ("GIẤY KHAI SINH của con (bản sao)", "BIRTH_CERTIFICATE"),
        ("giay khai sinh cua tre", "BIRTH_CERTIFICATE"),
        ("Bản sao có chứng thực Giấy khai sinh do cơ quan có thẩm quyền cấp", "BIRTH_CERTIFICATE"),
        ("01 bản sao giấy chứng nhận kết hôn; trường hợp mất thì nộp giấy tờ khác", "MARRIAGE_CERTIFICATE"),
        ("(ii) Bản sao Giấy chứng nhận đăng ký hộ kinh doanh", "BUSINESS_HOUSEHOLD_LICENCE"),
        ("Giấy báo tử hoặc giấy tờ thay Giấy báo tử", "DEATH_NOTICE"),
        ("Trích lục khai tử hoặc giấy chứng tử của vợ, chồng", "DEATH_EXTRACT"),
        ("Hộ chiếu/Thẻ căn cước công dân/Thẻ căn cước", "IDENTITY"),
        ("Giấy khai sinh (bản sao, kèm bản gốc để đối chiếu)", "BIRTH_CERTIFICATE"),
    ],
)
def test_a_line_that_names_one_paper_has_its_type(line: str, code: str) -> None:
    assert NAMES.type_of(line) == code


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Tờ khai đăng ký khai sinh",
        "Đơn đề nghị cấp Giấy phép xây dựng",
        "Giấy đề nghị cấp lại Giấy chứng nhận đăng ký hộ kinh doanh",
        "Giấy khai sinh của con, giấy xác nhận khuyết tật (theo từng thân nhân)",
        "Quyết định trợ cấp của người đơn thân và Giấy khai sinh của con",
        "Giấy khai sinh và giấy tờ khác của con",
        "Giấy phép xây dựng kèm theo bản vẽ đã được cấp",
        "Sơ đồ thửa đất",
        "Giấy chứng nhận đăng ký doanh nghiệp bảo hiểm",
        "Một trong các giấy tờ sau: giấy khai sinh; giấy chứng sinh",
        "Trường hợp trẻ sinh ở nước ngoài thì nộp giấy khai sinh",
        "Giấy. Khai sinh",
    ],
)
def test_an_uncertain_line_stays_without_a_type(line: str) -> None:
    assert NAMES.type_of(line) == ""


@given(st.sampled_from(sorted((code, name) for code, names in shipped_names().items() for name in names)))
def test_every_name_means_its_own_type_with_and_without_diacritics(pair: tuple[str, str]) -> None:
    code, name = pair
    wanted = {"PASSPORT": "IDENTITY"}.get(code, code)
    assert NAMES.type_of(name) == wanted
    if len(fold(name).split()) >= 3:
        assert NAMES.type_of(fold(name).upper()) == wanted


@given(st.text(max_size=200))
def test_any_text_is_read_without_breaking(text: str) -> None:
    assert NAMES.type_of(text) in {"", *shipped_names()}


def test_a_type_that_the_source_or_a_rule_gave_stays() -> None:
    raw = record("1.000001")
    parsed = with_paper_types(parse_record(raw), NAMES)
    for case, before in zip(parsed.cases, parse_record(raw).cases, strict=True):
        for paper, was in zip(case.requirements, before.requirements, strict=True):
            assert paper.paper_type == (was.paper_type or NAMES.type_of(paper.name) * (not paper.is_note))
    assert parsed.content_hash == parse_record(raw).content_hash


def lines_of(records: Iterator[dict[str, object]]) -> Iterator[ParsedRequirement]:
    for one in records:
        cases, _ = parse_cases(one.get("components"))
        for case in cases:
            yield from (paper for paper in case.requirements if not paper.is_note)


def type_of(paper: ParsedRequirement) -> str:
    return paper.paper_type or NAMES.type_of(paper.name)


def test_the_starter_catalogue_is_recognised_where_it_names_one_paper() -> None:
    lines = list(lines_of(iter(catalogue().values())))
    found = {paper.name: type_of(paper) for paper in lines}
    typed = sum(bool(type_of(paper)) for paper in lines)
    assert typed / len(lines) > 0.4, f"{typed} of {len(lines)}"
    assert {name: code for name, code in found.items() if code and not code.startswith(("IDENTITY", "RESIDENCE"))} == {
        "Bản gốc Giấy chứng nhận đăng ký hộ kinh doanh": "BUSINESS_HOUSEHOLD_LICENCE",
        "Bản chính giấy phép xây dựng đã cấp": "BUILDING_PERMIT",
        "Bản sao Giấy chứng nhận kết hôn đã cấp, hoặc giấy tờ có thông tin về việc kết hôn": "MARRIAGE_CERTIFICATE",
        "Bản sao Giấy khai sinh đã cấp hợp lệ": "BIRTH_CERTIFICATE",
        "Bản sao giấy chứng tử đã cấp, hoặc giấy tờ có thông tin về việc chết": "DEATH_EXTRACT",
        "Bản sao văn bản ủy quyền cho một thành viên làm chủ hộ": "AUTHORISATION",
        "Bản điện tử Giấy chứng sinh hoặc ảnh chụp giấy": "BIRTH_NOTICE",
        "Giấy báo tử hoặc giấy tờ thay Giấy báo tử": "DEATH_NOTICE",
        "Giấy chứng nhận kết hôn của cha mẹ (nếu đã kết hôn)": "MARRIAGE_CERTIFICATE",
        "Giấy chứng nhận quyền sử dụng đất, nhà ở hoặc giấy đăng ký tài sản": "LAND_USE_CERTIFICATE",
        "Giấy chứng sinh": "BIRTH_NOTICE",
        "Giấy khai sinh của con": "BIRTH_CERTIFICATE",
        "Giấy khai sinh của trẻ": "BIRTH_CERTIFICATE",
        "Giấy khám sức khỏe của chủ và những người trực tiếp chế biến": "HEALTH_CERTIFICATE",
        "Giấy xác nhận khuyết tật": "DISABILITY_CERTIFICATE",
        "Giấy xác nhận tình trạng hôn nhân của bên người Việt Nam": "MARITAL_STATUS",
        "Giấy xác nhận tình trạng hôn nhân của người cư trú ở nơi khác": "MARITAL_STATUS",
        "Giấy xác nhận tình trạng hôn nhân đã cấp trước đây": "MARITAL_STATUS",
        "Trích lục khai tử của người để lại di sản": "DEATH_EXTRACT",
        "Trích lục khai tử hoặc giấy báo tử": "DEATH_EXTRACT",
        "Trích lục khai tử hoặc giấy chứng tử": "DEATH_EXTRACT",
        "Trích lục khai tử hoặc giấy chứng tử của vợ, chồng": "DEATH_EXTRACT",
        "Văn bản ủy quyền, khi nhờ người khác đi thay": "AUTHORISATION",
    }


def test_precision_and_recall_on_lines_that_a_person_judged() -> None:
    judged = {mark: code for code, marks in json.loads(CHECKED.read_text()).items() for mark in marks}
    records = json.loads(shared_path("procedures.json").read_text(encoding="utf-8"))
    lines = {paper.name: paper for paper in lines_of(one for one in records if one.get("ward_one_stop"))}
    seen = {mark_of(name): type_of(paper) for name, paper in lines.items() if mark_of(name) in judged}
    assert len(seen) == len(judged) >= 120
    given_type = [mark for mark, code in seen.items() if code]
    right = [mark for mark in given_type if seen[mark] == judged[mark]]
    wanted = [mark for mark, code in judged.items() if code]
    precision, recall = len(right) / len(given_type), len(right) / len(wanted)
    assert precision >= 0.95 and recall >= 0.95, f"precision {precision:.3f}, recall {recall:.3f}"


def mark_of(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:12]
