"""A paper of the store that a dossier was answered with, shown beside the acts."""

from __future__ import annotations

import uuid

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from dossiers.papers.permissions import OPEN
from dossiers.papers.services.open_paper import open_paper
from dossiers.papers.views.contents import SHOWN, content_response
from dossiers.selectors.matters import reference_of
from dossiers.selectors.stored_lines import used_paper
from haddong_portal.common.web.views import PortalView

PURPOSE = "giải quyết hồ sơ"
NEWEST = "moi"


class StoredPaperView(PortalView):
    """The copy that people see, of the version that was used; `?ban=moi`: of the newest one. The opening is audited,
    other units' officers find nothing."""

    permission = OPEN

    @method_decorator(csp_replace(SHOWN))
    def get(self, request: HttpRequest, code: str, paper: uuid.UUID) -> HttpResponse:
        used = used_paper(actor=self.actor, code=code, paper=paper)
        opened = open_paper(
            actor=self.actor,
            paper_id=used.paper_id,
            purpose=PURPOSE,
            reference=reference_of(code),
            version_id=None if request.GET.get("ban") == NEWEST else used.version_id,
        )
        return content_response(opened)
