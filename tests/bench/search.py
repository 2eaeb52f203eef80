"""Search over the whole catalogue: whole names, everyday words, no accents, slips of the finger."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse

from haddong_portal.common.text import fold
from procedures.models import ProcedureVersion
from tests.bench.bench import Bench
from tests.bench.load import Call

P95_MAX_MS = 50
FROM_CATALOGUE = 60
TYPED = (
    "đăng ký khai sinh",
    "dang ky khai sinh",
    "giay doc than",
    "sang ten so do",
    "chung thuc ban sao",
    "chứng thực chữ ký",
    "ket hon",
    "dang ki kinh doang ho ca the",
    "xoa dang ky tam tru",
    "cap phep xay dung nha o",
    "tro cap nguoi khuyet tat",
    "khai tu",
)


def run(bench: Bench) -> None:
    """Speed, CPU and statements of the result page and of the suggestions while one types."""
    names = ProcedureVersion.objects.published().order_by("pk").values_list("name", flat=True)[:FROM_CATALOGUE]
    words = [*TYPED, *(" ".join(fold(name).split()[:5]) for name in names)]
    pages = [_call("procedures:list", text) for text in words]
    bench.add_load("search: result page", pages, p95_budget_ms=P95_MAX_MS)
    bench.add_load(
        "search: suggestions", [_call("procedures:suggest", text) for text in words], p95_budget_ms=P95_MAX_MS
    )


def _call(url_name: str, text: str) -> Call:
    """Every reply must show at least one procedure."""
    return Call(f"{reverse(url_name)}?q={quote(text)}", expect='href="/thu-tuc/')
