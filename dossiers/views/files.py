"""Result files: private, streamed after a rights check, always as a download."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest

from dossiers.selectors.results import issued_content, result_file
from haddong_portal.common.web.downloads import checked_file
from haddong_portal.common.web.views import PortalView


class ResultFileView(PortalView):
    """The signed paper once it was issued; `?ban=goc` asks for the file as it was uploaded."""

    permission = "dossier.read"

    def get(self, request: HttpRequest, code: str, result_id: int) -> FileResponse:
        result = result_file(actor=self.actor, code=code, result_id=result_id)
        issued = None if result.file and request.GET.get("ban") == "goc" else issued_content(result)
        if issued is not None:
            content, content_type = issued
            return checked_file(io.BytesIO(content), content_type=content_type, name=f"ket-qua-{code}")
        return checked_file(result.file.open("rb"), content_type=result.content_type, name=f"ket-qua-{code}")
