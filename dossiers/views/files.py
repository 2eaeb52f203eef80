"""Result files: private, streamed after a rights check, always as a download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from dossiers.selectors.results import issued_content, result_file
from haddong_portal.common.web.views import PortalView

SUFFIXES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


class ResultFileView(PortalView):
    """The signed paper once it was issued; `?ban=goc` asks for the file as it was uploaded."""

    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str, result_id: int) -> HttpResponseBase:
        result = result_file(actor=self.actor, code=code, result_id=result_id)
        issued = None if result.file and request.GET.get("ban") == "goc" else issued_content(result)
        if issued is not None:
            return _issued(*issued, code)
        response = FileResponse(
            result.file.open("rb"), as_attachment=True, filename=f"ket-qua-{code}", content_type=result.content_type
        )
        response["Cache-Control"] = "private, no-store"
        return response


def _issued(content: bytes, content_type: str, code: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"ket-qua-{code}{SUFFIXES.get(content_type, '')}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
