"""The filters of the work list: what the address of the page says, read and written in one place.

Whatever cannot be read is left out, so an old or bent address shows more, never an error.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dossiers.constants import Status

# Word in the address → (scope of the selector, label).
SCOPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cua-toi": ("mine", "Của tôi"),
        "don-vi": ("unit", "Đơn vị tôi"),
        "song-song": ("beside", "Bước song song"),
        "tai-quay": ("desk", "Quầy tôi tiếp nhận"),
        "tat-ca": ("all", "Tất cả được xem"),
    }
)
# Word in the address → (flag of the selector, label, icon).
FLAGS: Mapping[str, tuple[str | None, str, str]] = MappingProxyType(
    {
        "": (None, "Mọi hồ sơ", ""),
        "qua-han": ("overdue", "Quá hạn", "alert-triangle"),
        "sap-den-han": ("due_soon", "Sắp đến hạn", "clock"),
        "cho-nhan": ("waiting", "Chờ nhận việc", "inbox"),
        "hen-tra-hom-nay": ("due_today", "Hẹn trả hôm nay", "calendar-due"),
        "can-chot-hen": ("at_gate", "Cần chốt đúng hẹn", "hourglass"),
        "tiep-nhan-hom-nay": ("arrived_today", "Tiếp nhận hôm nay", "file-plus"),
        "cho-tra": ("ready", "Có kết quả, chờ trả", "transfer"),
        "chua-den-nhan": ("uncollected", "Quá hẹn chưa đến nhận", "phone-call"),
    }
)
COUNTED = ("", "qua-han", "sap-den-han", "cho-nhan")
"""The flags that always stand on the page; the others while one of them is chosen."""
ROWS = ("50", "100")
DEFAULT_SCOPE = "don-vi"
TEXT_LENGTH_MAX = 100
QUERY_LENGTH_MAX = 500

_PARAMETERS: Mapping[str, str] = MappingProxyType(
    {
        "scope": "pham-vi",
        "flag": "loc",
        "q": "q",
        "procedure": "thu-tuc",
        "status": "trang-thai",
        "due_from": "han-tu",
        "due_to": "han-den",
        "officer": "nguoi",
        "received_by": "nguoi-nhan",
        "desk": "quay",
        "holder": "giu",
        "rows": "so-dong",
    }
)


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What a work list is narrowed to. `procedure` is a code, `officer` and `received_by` usernames, `desk` and
    `holder` keys of the units that received and hold it; `due_from` and `due_to` are days, both included."""

    scope: str = DEFAULT_SCOPE
    flag: str = ""
    q: str = ""
    procedure: str = ""
    status: str = ""
    due_from: date | None = None
    due_to: date | None = None
    officer: str = ""
    received_by: str = ""
    desk: str = ""
    holder: str = ""
    rows: str = ""

    @property
    def narrows(self) -> bool:
        """Whether more is asked for than scope, flag and text."""
        plain = WorkFilter(scope=self.scope, flag=self.flag, q=self.q, rows=self.rows)
        return self != plain

    def parameters(self) -> dict[str, str]:
        """For the address, in one order; what is as always is left out, the scope never."""
        values = {_PARAMETERS[each.name]: getattr(self, each.name) for each in fields(self)}
        return {key: str(value) for key, value in values.items() if value}

    def query(self) -> str:
        """The address's query, without "?"."""
        return urlencode(self.parameters())

    def having(self, name: str, value: str) -> WorkFilter:
        """The same with one field set."""
        change: dict[str, Any] = {name: value}
        return replace(self, **change)

    def without(self, name: str) -> WorkFilter:
        """The same with one field as it is by default."""
        usual: dict[str, Any] = {name: getattr(WorkFilter(), name)}
        return replace(self, **usual)


def read_filter(values: Mapping[str, str]) -> WorkFilter:
    """The filter that an address's parameters mean."""
    found = {name: str(values.get(key, "")).strip()[:TEXT_LENGTH_MAX] for name, key in _PARAMETERS.items()}
    return WorkFilter(
        scope=_known(found["scope"], SCOPES, DEFAULT_SCOPE),
        flag=_known(found["flag"], FLAGS),
        q=found["q"],
        procedure=found["procedure"],
        status=_known(found["status"], Status.values),
        due_from=_day(found["due_from"]),
        due_to=_day(found["due_to"]),
        officer=found["officer"],
        received_by=found["received_by"],
        desk=found["desk"],
        holder=found["holder"],
        rows=_known(found["rows"], ROWS),
    )


def read_query(query: str) -> WorkFilter:
    """The filter in a stored or sent query."""
    return read_filter(dict(parse_qsl(query[:QUERY_LENGTH_MAX].removeprefix("?"))))


def _known(word: str, among: Container[str], default: str = "") -> str:
    return word if word in among else default


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
