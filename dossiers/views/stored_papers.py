"""A paper of the store that a dossier was answered with, shown beside the acts."""

from __future__ import annotations

import uuid

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from dossiers.papers.permissions import OPEN
from dossiers.papers.services.open_paper import SUFFIXES, open_paper
from dossiers.selectors.matters import reference_of
from dossiers.selectors.stored_lines import used_paper
from dossiers.views.slots import SHOWN_IN_OUR_FRAMES
from haddong_portal.common.web.views import PortalView

PURPOSE = "giải quyết hồ sơ"
NEWEST = "moi"


class StoredPaperView(PortalView):
    """The copy that people see, of the version that was used; `?ban=moi`: of the newest one. The opening is audited,
    other units' officers find nothing."""

    permission = OPEN

    @method_decorator(csp_replace(SHOWN_IN_OUR_FRAMES))
    def get(self, request: HttpRequest, code: str, paper: uuid.UUID) -> HttpResponse:
        used = used_paper(actor=self.actor, code=code, paper=paper)
        opened = open_paper(
            actor=self.actor,
            paper_id=used.paper_id,
            purpose=PURPOSE,
            reference=reference_of(code),
            version_id=None if request.GET.get("ban") == NEWEST else used.version_id,
        )
        shown = opened.content_type in SUFFIXES
        response = HttpResponse(
            opened.content, content_type=opened.content_type if shown else "application/octet-stream"
        )
        way = "inline" if shown else "attachment"
        response["Content-Disposition"] = f'{way}; filename="{opened.name}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Cache-Control"] = "private, no-store"
        return response
