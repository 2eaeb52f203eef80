"""Search over the whole real catalogue: what people type, and the procedure that must come first.

The index is built from the files without a database: the shipped catalogue, the shipped everyday words, and the
national catalogue where the shipped one says nothing.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from haddong_portal.common.text import vietnamese_sort_key
from procedures.rules.parsed import ParsedRecord, RecordRefused
from procedures.rules.record import parse_record
from procedures.rules.search import Doc, Saying, SearchIndex, build_index
from procedures.rules.spelling import syllables
from procedures.services.version_rows import search_text
from tests.shared_data import REPOSITORY, shared_path

DATA = REPOSITORY / "procedures" / "data"

EXPECTED = {
    "khai sinh": "1.001193",
    "đăng ký khai sinh": "1.001193",
    "dang ky khai sinh": "1.001193",
    "dang ki khai sih": "1.001193",
    "khai sing": "1.001193",
    "khaisinh": "1.001193",
    "dang kykhai sinh": "1.001193",
    "KHAI SINH": "1.001193",
    "thủ tục làm giấy khai sinh ở đâu": "1.001193",
    "toi muon dang ky khai sinh cho con": "1.001193",
    "gks": "1.001193",
    "đăng ký lại khai sinh": "1.004884",
    "khai sinh luu dong": "1.003583",
    "kết hôn": "1.000894",
    "ket hon": "1.000894",
    "ket hom": "1.000894",
    "lam ho so ket hon": "1.000894",
    "toi muon dang ky ket hon thi lam the nao": "1.000894",
    "kết hôn với người nước ngoài": "2.000806",
    "giấy độc thân": "1.004873",
    "giay doc than": "1.004873",
    "xin giấy xác nhận độc thân cần gì": "1.004873",
    "xac nhan tinh trang hon nhan": "1.004873",
    "khai tử": "1.000656",
    "giấy chứng tử": "1.000656",
    "đăng kí khai tử": "1.000656",
    "trich luc khai sinh": "2.000635",
    "chung thuc ban sao": "2.000815",
    "sao y ban chinh": "2.000815",
    "công chứng": "2.000815",
    "chung thuc chu ky": "2.000884",
    "sơ yếu lý lịch": "2.000884",
    "chung thuc hop dong": "2.001035",
    "di chúc": "2.001019",
    "thua ke": "2.001406",
    "sổ đỏ": "1.012765",
    "so do": "1.012765",
    "sang ten so do": "1.012765",
    "đổi sổ đỏ": "1.012783",
    "mat so do": "1.012786",
    "tách thửa": "1.012784",
    "tranh chap dat": "1.012812",
    "tam tru": "1.004194",
    "thường trú": "1.004222",
    "nhap ho khau": "1.004222",
    "tach khau": "1.010038",
    "tạm vắng": "1.003677",
    "mo quan": "1.001612",
    "hộ kinh doanh": "1.001612",
    "dang ky ho kinh doanh": "1.001612",
    "tam ngung kinh doanh": "1.001570",
    "giấy phép xây dựng": "1.009994",
    "gpxd": "1.009994",
    "xây nhà": "1.009994",
    "via he": "1.013274",
    "karaoke": "1.000903",
    "bán rượu": "2.000620",
    "mai tang phi": "1.001731",
    "tro cap xa hoi": "1.001776",
    "giay khuyet tat": "1.001699",
    "hộ nghèo": "1.011607",
    "nhan cha me con": "1.001022",
    "giám hộ": "1.004837",
    "doi ten": "1.004859",
    "chuyen truong": "2.002481",
    "hoa giai vien": "1.002211",
    "1.001193": "1.001193",
    "1.001193.000.00.00.H26": "1.001193",
}


def records(path: Path) -> list[ParsedRecord]:
    found = []
    for raw in json.loads(path.read_text(encoding="utf-8")):
        try:
            found.append(parse_record(raw))
        except RecordRefused:
            continue
    return found


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    shipped = records(DATA / "starter_catalogue.json")
    own = {one.national_code for one in shipped}
    national = [one for one in records(shared_path("procedures.json")) if one.national_code not in own]
    docs = [document(at, one, one.national_code in own) for at, one in enumerate([*shipped, *national])]
    rows = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))["synonyms"]
    sayings = [Saying(" ".join(syllables(row["term"])), tuple(row["means"]), tuple(row["codes"])) for row in rows]
    return build_index(docs, sayings)


def document(at: int, one: ParsedRecord, is_own: bool) -> Doc:
    prior = 1.0 if is_own else 0.5 if {"xa", "huyen"} & set(one.levels) else 0.0
    text = search_text(one).replace("y", "i")
    words = " ".join(one.keywords)
    return Doc(
        at, one.national_code, one.name, None, frozenset(one.levels), vietnamese_sort_key(one.name), words, text, prior
    )


def first(index: SearchIndex, query: str) -> str:
    found = index.search(query)
    return index.docs[found[0].position].code if found else ""


@pytest.mark.parametrize("query", EXPECTED)
def test_what_people_type_finds_the_procedure(index: SearchIndex, query: str) -> None:
    assert first(index, query) == EXPECTED[query]


def test_enough_queries_are_tried(index: SearchIndex) -> None:
    assert len(EXPECTED) >= 40
    assert len(index.docs) >= 1600


def test_every_procedure_is_found_by_its_own_name_without_accents(index: SearchIndex) -> None:
    """Among equal names any is right; long names are cut as the search box cuts them."""
    missed = []
    for doc in index.docs[::7]:
        words = " ".join(syllables(doc.name)[:12])
        found = {index.docs[match.position].code for match in index.search(words)[:20]}
        if doc.code not in found:
            missed.append(doc.code)
    assert len(missed) <= len(index.docs) // 7 * 0.02, missed


@pytest.mark.parametrize("nonsense", ["xyzxyz", "qqqq wwww", "@#$%", "....", "\x00"])
def test_nonsense_finds_nothing_or_everything_but_never_breaks(index: SearchIndex, nonsense: str) -> None:
    found = index.search(nonsense)
    assert found == [] or len(found) == len(index.docs)


def test_results_are_stable(index: SearchIndex) -> None:
    for query in EXPECTED:
        assert index.search(query) == index.search(query)
