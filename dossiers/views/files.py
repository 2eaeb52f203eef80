"""Result files: private, streamed after a rights check, always as a download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest

from dossiers.selectors.results import result_file
from haddong_portal.common.web.views import PortalView


class ResultFileView(PortalView):
    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str, result_id: int) -> FileResponse:
        result = result_file(actor=self.actor, code=code, result_id=result_id)
        response = FileResponse(
            result.file.open("rb"), as_attachment=True, filename=f"ket-qua-{code}", content_type=result.content_type
        )
        response["Cache-Control"] = "private, no-store"
        return response
