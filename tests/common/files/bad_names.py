"""Good content under a name that lies, hides or climbs."""

from __future__ import annotations

from tests.common.files.corpus import BadFile
from tests.sample_files import SMALL_JPEG, SMALL_PDF, SMALL_PNG

RENAMED, MISMATCH = ("file.renamed",), ("file.type_mismatch",)


def _pdf() -> bytes:
    return SMALL_PDF


FILES = [
    BadFile("climbs", "../../../etc/cron.d/khai-sinh.pdf", _pdf, RENAMED),
    BadFile("climbs_windows", "..\\..\\windows\\win.pdf", _pdf, RENAMED),
    BadFile("whole_path", "/etc/passwd.pdf", _pdf, RENAMED),
    BadFile("drive", "C:\\fakepath\\a.pdf", _pdf, RENAMED),
    BadFile("other_stream", "a.pdf:evil.exe", _pdf, (*RENAMED, *MISMATCH)),
    BadFile("null", "a.pdf\x00.exe", _pdf, MISMATCH),
    BadFile("new_line", "a.pdf\r\nContent-Type: text/html", _pdf, RENAMED),
    BadFile("escape", "\x1b[2Ja.pdf", _pdf, RENAMED),
    BadFile("backwards", "anh-the\u202efdp.exe", _pdf, MISMATCH),
    BadFile("isolated", "a\u2067.pdf", _pdf, RENAMED),
    BadFile("zero_width", "a\u200b.pdf", _pdf, RENAMED),
    BadFile("two_endings", "khai-sinh.pdf.exe", _pdf, MISMATCH),
    BadFile("many_spaces", "khai-sinh.pdf" + " " * 90 + ".scr", _pdf, MISMATCH),
    BadFile("web_page", "a.html", _pdf, MISMATCH),
    BadFile("drawing", "a.svg", lambda: SMALL_PNG, (*MISMATCH, "file.reencoded")),
    BadFile("endless", "a" * 5000 + ".exe.pdf", _pdf, RENAMED),
    BadFile("jpeg_called_pdf", "a.pdf", lambda: SMALL_JPEG, ("file.reencoded",)),
    BadFile("pdf_called_jpeg", "a.jpg", _pdf, RENAMED),
    BadFile("png_called_jpeg", "a.jpg", lambda: SMALL_PNG, ("file.reencoded",)),
]
