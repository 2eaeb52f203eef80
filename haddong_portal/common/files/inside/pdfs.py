"""A PDF: opened, measured, its pages counted, its active content taken out of the copy that people see."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from haddong_portal.common.files.inside.active import clean_object
from haddong_portal.common.files.inside.findings import Finding, Refusal
from haddong_portal.common.files.inside.fonts import drop_bad_fonts
from haddong_portal.common.files.inside.kinds import is_archive, is_program
from haddong_portal.common.files.inside.polyglots import refuse_polyglot
from haddong_portal.common.files.inside.streams import StreamMeter

TAIL_BYTES = 2048
LOOK_PIXELS = 300
# Of the time that the kernel gives one file, what looking at its pages may take.
DRAW_SHARE = 0.5
ATTACHMENTS_MAX = 50
HIDDEN = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")
CODED_NAME = re.compile(rb"/[!-~]{0,20}#[0-9A-Fa-f]{2}[!-~]{0,40}")


def read_pdf(content: bytes, limits: dict[str, Any]) -> Finding:
    """The finding, with a copy to show where this one may not be. Raises Refusal."""
    _check_ends(content)
    refuse_polyglot(content, own_head=b"%PDF-")
    pdf, repaired = _opened(content)
    with pdf:
        finding = Finding("application/pdf", pages=_check_pages(pdf, limits))
        removed = _go_through(pdf, finding, limits)
        repaired = repaired or bool(pdf.get_warnings())  # the reader guessed at something; another may guess otherwise
        if not removed and _hides_something(content):
            removed = {"hidden"}
        finding.removed = sorted(removed)
        if removed or repaired:
            finding.code = "file.active_removed" if removed else "file.repaired"
            finding.shown = _copy(pdf)
    _draw(finding.shown or content, limits["seconds"] * DRAW_SHARE)
    return finding


def _check_ends(content: bytes) -> None:
    tail = content[-TAIL_BYTES:]
    if b"%%EOF" not in tail:
        raise Refusal("file.truncated")
    if tail.rsplit(b"%%EOF", 1)[1].strip(b"\x00\t\n\x0c\r \x1a"):
        raise Refusal("file.polyglot")


def _opened(content: bytes) -> tuple[pikepdf.Pdf, bool]:
    """The opened file, and whether it had to be repaired for that."""
    for repair in (False, True):
        try:
            pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=repair, suppress_warnings=True)
        except pikepdf.PasswordError:
            raise Refusal("file.encrypted") from None
        except pikepdf.PdfError as error:
            if repair:
                raise Refusal("file.damaged") from error
            continue
        if pdf.is_encrypted:
            raise Refusal("file.encrypted")
        return pdf, repair
    raise Refusal("file.damaged")


def _check_pages(pdf: pikepdf.Pdf, limits: dict[str, Any]) -> int:
    count = len(pdf.pages)
    if not count:
        raise Refusal("file.no_pages")
    if count > limits["pages_max"]:
        raise Refusal("file.too_many_pages")
    for page in pdf.pages:
        _check_size(page, limits["page_side_max"])
    return count


def _check_size(page: pikepdf.Page, side_max: int) -> None:
    try:
        left, bottom, right, top = (float(value) for value in page.mediabox)
        unit = float(page.obj.get("/UserUnit", 1))
    except (TypeError, ValueError, AttributeError):
        raise Refusal("file.page_too_large") from None
    sides = (abs(right - left) * unit, abs(top - bottom) * unit)
    if not all(1 <= side <= side_max for side in sides):
        raise Refusal("file.page_too_large")


def _go_through(pdf: pikepdf.Pdf, finding: Finding, limits: dict[str, Any]) -> set[str]:
    """Every object once: measured first, then emptied of what acts; the attachments are kept for the scanner."""
    meter = StreamMeter(
        stream_max=limits["stream_max_bytes"], decoded_max=limits["decoded_max_bytes"], pixels_max=limits["pixels_max"]
    )
    removed: set[str] = set()
    for thing in _things(pdf):
        if isinstance(thing, pikepdf.Stream):
            meter.measure(thing)
        for file in _files_in(thing):
            meter.measure(file)
            _take_attachment(file, finding, limits)
        if isinstance(thing, pikepdf.Dictionary):
            removed.update(drop_bad_fonts(thing))
            finding.signed = finding.signed or ("/ByteRange" in thing and "/Contents" in thing)
        removed |= clean_object(thing)
    finding.images = meter.images
    return removed


def _things(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Each dictionary, array and stream of the file, also those that nothing points at."""
    pending: list[pikepdf.Object] = [pdf.trailer]
    for root in pdf.objects:
        pending.append(root)
        while pending:
            thing = pending.pop()
            if not isinstance(thing, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
                continue
            yield thing
            values = list(thing) if isinstance(thing, pikepdf.Array) else [thing[key] for key in thing.keys()]  # noqa: SIM118
            pending.extend(value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect)


def _files_in(thing: pikepdf.Object) -> Iterator[pikepdf.Stream]:
    """The attached files: streams that say so, and those of a file specification that do not."""
    if isinstance(thing, pikepdf.Stream):
        if thing.get("/Type") == "/EmbeddedFile":
            yield thing
        return
    held = thing.get("/EF") if isinstance(thing, pikepdf.Dictionary) else None
    for key in held.keys() if isinstance(held, pikepdf.Dictionary) else ():
        file = held[key] if held is not None else None
        if isinstance(file, pikepdf.Stream) and file.get("/Type") != "/EmbeddedFile":
            yield file


def _take_attachment(stream: pikepdf.Stream, finding: Finding, limits: dict[str, Any]) -> None:
    content = stream.read_bytes()
    if is_archive(content) or is_program(content):
        raise Refusal("file.archive_inside")
    finding.attachments.append(content)
    total = sum(len(one) for one in finding.attachments)
    if len(finding.attachments) > ATTACHMENTS_MAX or total > limits["attachments_max_bytes"]:
        raise Refusal("file.bomb")


def _hides_something(content: bytes) -> bool:
    """Names of active content in bytes that the reader does not reach: an older state, or objects of nobody's."""
    if HIDDEN.search(content):
        return True
    return any(HIDDEN.search(_plain(name)) for name in CODED_NAME.findall(content))


def _plain(name: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name)


def _copy(pdf: pikepdf.Pdf) -> bytes:
    """The file written anew. Raises Refusal file.damaged when even that cannot be read without guessing."""
    pdf.trailer.Root = pdf.Root  # a repaired file may have found its catalog without its trailer
    if "/OpenAction" in pdf.Root:
        del pdf.Root["/OpenAction"]
    buffer = io.BytesIO()
    pdf.save(buffer, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pikepdf.open(buffer, attempt_recovery=False, suppress_warnings=True) as copy:
        if not len(copy.pages) or copy.get_warnings():
            raise Refusal("file.damaged")
    return buffer.getvalue()


def _draw(content: bytes, seconds: float) -> None:
    """What cannot be drawn need not be kept: each page, small. The last ones of a very long file, for which the time
    does not suffice, are opened only."""
    enough = time.process_time() + seconds
    try:
        with pypdfium2.PdfDocument(content) as document:
            for page in document:
                width, height = page.get_size()
                if time.process_time() < enough:
                    page.render(scale=LOOK_PIXELS / max(width, height, 1)).close()
                page.close()
    except pypdfium2.PdfiumError as error:
        raise Refusal("file.damaged") from error
