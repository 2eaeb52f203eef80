"""Make an unsigned file ready to be signed: a PDF/A with room for the stamp at the top right of page 1.

A PDF that is PDF/A already stays as it is; another goes through Ghostscript, a picture onto an A4 page. Without
Ghostscript the PDF is signed as it came, and `Prepared.faults` says what is missing.
"""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import img2pdf
import pikepdf
from ocrmypdf.pdfa import generate_pdfa_ps
from PIL import Image, ImageCms, ImageOps

from haddong_portal.common.errors import DomainError
from haddong_portal.common.processes import bare_environment
from haddong_portal.common.signing.pdfa_check import pdfa_faults
from haddong_portal.common.signing.signed import is_signed
from haddong_portal.common.signing.stamp_room import make_room

logger = logging.getLogger("haddong.signing")

SECONDS_MAX = 120
A4_MM = (210, 297)
BORDER_MM = (24, 10)  # above and below, left and right: a picture never lies under the stamp
JPEG_QUALITY = 92
PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True)
class Prepared:
    """The file, and what it lacks of a PDF/A."""

    content: bytes
    faults: list[str] = field(default_factory=list)


def prepare_pdf(content: bytes, content_type: str) -> Prepared:
    """The file to sign. Raises DomainError signing.already_signed, signing.unreadable, signing.bad_type."""
    try:
        if content_type in PICTURES:
            return _checked(_page_of(content))
        if content_type != "application/pdf":
            raise DomainError("signing.bad_type", "Chỉ ký số được tệp PDF, JPEG hoặc PNG.", "file")
        if is_signed(content):
            raise DomainError("signing.already_signed", "Tệp đã có chữ ký số nên không được chuyển đổi.", status=409)
        found = _checked(make_room(content))
        return _converted(found) if found.faults else found
    except (pikepdf.PdfError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise DomainError("signing.unreadable", "Không đọc được tệp để ký số.", "file") from error


def _checked(content: bytes) -> Prepared:
    return Prepared(content, pdfa_faults(content))


def _converted(before: Prepared) -> Prepared:
    """Through Ghostscript; what it cannot make better stays as it was."""
    if shutil.which("gs") is None:
        logger.warning("no Ghostscript: a result is signed without being PDF/A")
        return before
    with tempfile.TemporaryDirectory(prefix="portal-pdfa-") as folder:
        made = _ghostscript(Path(folder), before.content)
    after = _checked(made) if made else before
    if after.faults:
        logger.warning("not PDF/A after conversion: %s", "; ".join(after.faults[:5]))
    return after if len(after.faults) < len(before.faults) else before


def _ghostscript(folder: Path, content: bytes) -> bytes:
    source, definition, target = folder / "in.pdf", folder / "pdfa.ps", folder / "out.pdf"
    source.write_bytes(content)
    generate_pdfa_ps(definition)
    command = [
        *("gs", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dQUIET", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.7"),
        *("-dPDFA=2", "-dPDFACompatibilityPolicy=1", "-sColorConversionStrategy=RGB", "-dAutoRotatePages=/None"),
        *("-dPassThroughJPEGImages=true", f"-sOutputFile={target}", str(definition), str(source)),
    ]
    try:
        subprocess.run(
            command, check=True, timeout=SECONDS_MAX, capture_output=True, cwd=folder, env=bare_environment()
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        logger.warning("Ghostscript failed: %s", error)
        return b""
    return target.read_bytes()


def _page_of(picture: bytes) -> bytes:
    """The picture upright on an A4 page, re-encoded, as PDF/A-1b."""
    with Image.open(io.BytesIO(picture)) as opened:
        upright = ImageOps.exif_transpose(opened)
        flat = Image.new("RGB", upright.size, "white")
        flat.paste(upright.convert("RGB"), mask=upright.convert("RGBA").getchannel("A"))
    drawn = io.BytesIO()
    flat.save(drawn, "JPEG", quality=JPEG_QUALITY)
    page, border = (tuple(img2pdf.mm_to_pt(mm) for mm in each) for each in (A4_MM, BORDER_MM))
    layout = img2pdf.get_layout_fun(pagesize=page, border=border, fit=img2pdf.FitMode.into, auto_orient=True)
    with tempfile.NamedTemporaryFile(suffix=".icc") as profile:
        profile.write(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        profile.flush()
        made = img2pdf.convert(drawn.getvalue(), layout_fun=layout, pdfa=profile.name)
    return bytes(made)
