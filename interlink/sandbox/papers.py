"""The papers an agency of the sandbox issues: one page that says it proves nothing."""

from __future__ import annotations

import json

import typst

from interlink.wire.papers import WirePaper

SOURCE = """#let it = json(bytes(sys.inputs.at("it")))
#set page(paper: "a5", margin: 18mm)
#set text(lang: "vi", size: 11pt)
#set document(title: it.title)
#align(center)[*#it.agency* \\ _Bản thử nghiệm, không có giá trị pháp lý_]
#v(8mm)
#align(center, text(15pt, weight: "bold", it.title))
#v(4mm)
Số: #it.number \\
Hồ sơ: #it.case_code \\
#it.words
"""


def issue_paper(
    *, slot: str, title: str, paper_type: str, agency: str, number: str, case: str, words: str
) -> WirePaper:
    """A PDF of one page."""
    told = {"title": title, "agency": agency, "number": number, "case_code": case, "words": words}
    content = typst.compile(
        SOURCE.encode(), sys_inputs={"it": json.dumps(told, ensure_ascii=False)}, pdf_standards="a-2b"
    )
    return WirePaper(slot, title, content, "application/pdf", paper_type)
