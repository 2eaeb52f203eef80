"""How an agency decides a request: its own rules over what it was sent. Pure; `decide` says all replies to come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from interlink.wire.messages import Request


@dataclass(frozen=True, slots=True)
class Planned:
    """One reply to come. `steps` counts the agency's own pauses, `days` its days."""

    kind: str
    steps: int = 1
    days: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    number: str = ""
    words: str = ""
    paper: tuple[str, str, str] | None = None  # slot, name, paper type


# What each leg must say before this agency works on it (its own rule, not the portal's), and the papers it wants.
WANTED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "personal_number": (("child_name", "child_birth_date", "child_sex"), ()),
    "permanent_residence": (("child_name", "child_birth_date", "child_personal_id", "place"), ("birth_certificate",)),
    "identity_card": (("child_name", "child_personal_id"), ()),
    "health_insurance": (("child_name", "child_birth_date", "child_personal_id"), ("birth_certificate",)),
    "residence_removal": (("deceased_name", "death_date"), ("death_extract",)),
    "social_insurance": (("deceased_name", "death_date", "insurance_number"), ("death_extract",)),
    "survivor_benefit_stop": (("deceased_name", "death_date"), ("death_extract",)),
    "social_protection": (("deceased_name", "death_date"), ("death_extract",)),
    "merit": (("deceased_name", "death_date"), ("death_extract",)),
}
INSURED_AGE_MAX = 6  # NĐ 146/2018: a card without a fee before the sixth birthday


def decide(request: Request, *, today: date, id_days: int = 0) -> list[Planned]:
    """The replies to a request that nothing special happens to."""
    faults = faults_of(request, today=today)
    if faults:
        return [Planned("accepted"), Planned("supplement", 2, reason="; ".join(faults))]
    return [Planned("accepted"), Planned("working", 2), *_results(request, id_days)]


def faults_of(request: Request, *, today: date) -> list[str]:
    """Why the agency cannot work on it yet, in its words."""
    fields, papers = WANTED.get(request.leg, ((), ()))
    have = {paper.slot for paper in request.papers}
    faults = [f"thiếu thông tin {name}" for name in fields if not request.fields.get(name, "").strip()]
    faults += [f"thiếu giấy tờ {slot}" for slot in papers if slot not in have]
    born = request.fields.get("child_birth_date", "")
    if request.leg == "health_insurance" and born and _age(born, today) >= INSURED_AGE_MAX:
        faults.append("trẻ không còn dưới 6 tuổi")
    return faults


def twin_key(request: Request) -> str:
    """Mother and day of birth: what a careless register takes for one child."""
    mother, born = request.fields.get("mother_personal_id", ""), request.fields.get("child_birth_date", "")
    return f"{mother} {born}" if request.leg == "personal_number" and mother and born else ""


def personal_id_of(request: Request) -> str:
    """The child's number: province, century and sex, year, six digits that follow from the case."""
    born = request.fields.get("child_birth_date", "2026-01-01")
    female = request.fields.get("child_sex") == "female"
    digit = (2 if _year(born) >= 2000 else 0) + (1 if female else 0)
    tail = int(_hash(f"{request.case} {request.fields.get('child_name', '')}"), 16) % 1_000_000
    return f"001{digit}{_year(born) % 100:02d}{tail:06d}"


def number_of(request: Request, prefix: str) -> str:
    """The same number for the same request, whenever it is asked."""
    return f"{int(_hash(f'{request.case} {request.leg} {request.generation}'), 16) % 10_000_000:07d}/{prefix}"


def _results(request: Request, id_days: int) -> list[Planned]:
    make = RESULTS.get(request.leg)
    if make is None:
        return [Planned("done", 3, number=number_of(request, "TB"), words="Đã giải quyết.")]
    return make(request, id_days)


def _personal_number(request: Request, id_days: int) -> list[Planned]:
    facts = {"personal_id": personal_id_of(request)}
    number = number_of(request, "SDD")
    return [
        Planned("id_number", 3, days=id_days, facts=facts),
        Planned("done", 4, days=id_days, facts=facts, number=number, words="Đã cấp số định danh cá nhân."),
    ]


def _residence(request: Request, _id_days: int) -> list[Planned]:
    notice = ("notice", "Thông báo về kết quả giải quyết, hủy bỏ đăng ký cư trú", "RESIDENCE_RESULT_NOTICE")
    words = "Đã xóa đăng ký thường trú." if request.leg == "residence_removal" else "Đã đăng ký thường trú."
    return [Planned("done", 3, number=number_of(request, "TB-CT08"), words=words, paper=notice)]


def _insurance_card(request: Request, _id_days: int) -> list[Planned]:
    number = f"TE1{int(_hash(request.case), 16) % 10**12:012d}"
    paper = ("card", "Thẻ bảo hiểm y tế", "HEALTH_INSURANCE_CARD")
    words = "Đã cấp thẻ bảo hiểm y tế."
    return [Planned("done", 3, facts={"card_number": number}, number=number, words=words, paper=paper)]


def _decision(request: Request, _id_days: int) -> list[Planned]:
    number = number_of(request, "QĐ")
    return [Planned("done", 3, facts={"decision": number}, number=number, words="Đã có quyết định.")]


def _identity_card(request: Request, _id_days: int) -> list[Planned]:
    number = request.fields.get("child_personal_id", "")
    return [Planned("done", 3, facts={"number": number}, number=number, words="Đã cấp thẻ căn cước.")]


RESULTS: Mapping[str, Callable[[Request, int], list[Planned]]] = {
    "personal_number": _personal_number,
    "permanent_residence": _residence,
    "residence_removal": _residence,
    "identity_card": _identity_card,
    "health_insurance": _insurance_card,
    "social_insurance": _decision,
    "survivor_benefit_stop": _decision,
    "social_protection": _decision,
    "merit": _decision,
}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _year(day: str) -> int:
    return int(day[:4]) if day[:4].isdigit() else 2026


def _age(born: str, today: date) -> int:
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return 0
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
