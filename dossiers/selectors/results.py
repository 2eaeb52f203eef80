"""A result file that the actor may read; the read leaves an audit row."""

from __future__ import annotations

from dossiers.models import Dossier, ResultFile
from dossiers.papers.services.reading import read_file
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound

DOWNLOAD = "tải tệp kết quả"


def result_file(*, actor: Actor, code: str, result_id: int, purpose: str = DOWNLOAD) -> ResultFile:
    """The file; NotFound result.not_found when absent, without a file, or of a dossier that is not visible."""
    visible = Dossier.objects.visible_to(actor).filter(code=code)
    rows = ResultFile.objects.select_related("dossier", "paper_version__original").filter(
        pk=result_id, dossier__in=visible
    )
    result = rows.first()
    if result is None or not (result.file or result.paper_version):
        raise NotFound("Không tìm thấy tệp kết quả này.", code="result.not_found")
    record_access(
        actor=actor,
        action="result.read",
        object_type="dossier",
        object_id=result.dossier_id,
        person_id=result.dossier.person_id,
        purpose=purpose,
    )
    return result


def issued_content(result: ResultFile) -> tuple[bytes, str] | None:
    """The signed paper and its type, proven whole; None while the result was not issued. Raises paper.damaged."""
    version = result.paper_version
    return (read_file(version.original), version.content_type) if version else None
