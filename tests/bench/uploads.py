"""Files over HTTP: a scanned page from the clerk's browser through the checker into the sealed store."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse

from dossiers.constants import ChecklistState
from dossiers.models import ChecklistLine
from dossiers.papers.services.load_paper_types import load_paper_types
from tests.bench.bench import CLIENTS, WARM_UP_SECONDS, Bench
from tests.bench.intake import intake_calls
from tests.bench.load import Call
from tests.bench.seed import CSRF_SECRET, Clerk, clerks, receive_all
from tests.bench.stand import say
from tests.papers.drawn_pages import BIRTH_CERTIFICATE, jpeg, page

UPLOADS_PER_SECOND_MAX = 60
DPI = 150
FIRST_CITIZEN = 500_000  # nobody whom another measurement sends
BOUNDARY = "haddong-bench"


def run(bench: Bench) -> None:
    """Pages a second, and the CPU of each in the web workers and their reading processes; there is no budget."""
    load_paper_types()
    count = round((bench.seconds + WARM_UP_SECONDS) * UPLOADS_PER_SECOND_MAX)
    say(f"  … {count} different pages")
    folder = bench.stand.home / "uploads"
    folder.mkdir(exist_ok=True)
    bodies = [_body(folder / f"{number}.body", number) for number in range(count)]
    receive_all(intake_calls(CLIENTS, first=FIRST_CITIZEN))
    lines = [line for clerk in clerks(CLIENTS) for line in _lines_of(clerk)]
    assert lines, "nobody at a desk has brought a paper"
    calls = [_call(*lines[number % len(lines)], body) for number, body in enumerate(bodies)]
    found = bench.measure(calls, repeat=False)
    size = sum(body.stat().st_size for body in bodies) / len(bodies) / 1024
    speed = f"{found.requests_per_second:.1f} a second = {found.requests_per_second * size / 1024:.1f} MiB/s"
    took = f"p50 {found.p50_ms:.0f}  p95 {found.p95_ms:.0f} ms  CPU {found.cpu_ms:.0f} ms each"
    bench.add(f"upload of a scanned page, {size:.0f} KiB", f"{speed}  {took}")


def _body(path: Path, number: int) -> Path:
    """The request's body: a page that no other is like, as a form sends it."""
    picture = jpeg(page((*BIRTH_CERTIFICATE, f"Trang {number}"), dpi=DPI, seal=True), dpi=DPI)
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{CSRF_SECRET}\r\n'
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="trang-{number}.jpg"\r\n'
    head += "Content-Type: image/jpeg\r\n\r\n"
    path.write_bytes(head.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode())
    return path


def _lines_of(clerk: Clerk) -> list[tuple[Clerk, str, int]]:
    """Papers that were brought to this clerk's desk, of one dossier each."""
    rows = ChecklistLine.objects.filter(
        state=ChecklistState.PAPER,
        digitised_at__isnull=True,
        dossier__receiving_unit_id=clerk.actor.unit_id,
        dossier__accepted_at__isnull=False,
        dossier__person__isnull=False,
    ).exclude(requirement__digitise="no")
    found = rows.exclude(requirement__kind="present").order_by("dossier_id").distinct("dossier_id")
    return [(clerk, code, pk) for code, pk in found.values_list("dossier__code", "pk")[:CLIENTS]]


def _call(clerk: Clerk, code: str, line_id: int, body: Path) -> Call:
    headers = clerk.headers | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    path = reverse("dossiers:scan-upload", args=[code, line_id])
    return Call(path, method="POST", headers=headers, body_file=str(body), expect='"pages"')
