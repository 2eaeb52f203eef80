"""The table of everyday words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from haddong_portal.common.errors import DomainError
from haddong_portal.common.text import fold
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView
from procedures.forms.synonyms import SynonymForm
from procedures.permissions import EDIT
from procedures.selectors.editing import synonym_by_id, synonym_list
from procedures.services.save_synonym import delete_synonym, save_synonym
from procedures.views.asked import asked


class SynonymListView(PortalView):
    permission = EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        q = asked(request, "q", 100)
        return render(request, "procedures/synonyms.html", {"q": q, "synonyms": synonym_list(q)})


class SynonymEditView(PortalView):
    """One word, new or stored."""

    permission = EDIT

    def get(self, request: HttpRequest, synonym_id: int | None = None) -> HttpResponse:
        found = synonym_by_id(synonym_id) if synonym_id else None
        form = SynonymForm.of(found) if found else SynonymForm(initial={"term": asked(request, "tu", 120)})
        return self._page(request, form, synonym_id)

    def post(self, request: HttpRequest, synonym_id: int | None = None) -> HttpResponse:
        form = SynonymForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, synonym_id)
        try:
            self._save(form, synonym_id)
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, synonym_id)
        messages.success(request, f"Đã lưu từ “{form.cleaned_data['term']}”. Ô tìm kiếm dùng ngay trong vài giây.")
        return redirect("procedures:synonyms")

    def _save(self, form: SynonymForm, synonym_id: int | None) -> None:
        """A word that was renamed is another entry: the old one goes."""
        data = form.cleaned_data
        means, codes = form.lines("means"), form.lines("codes")
        save_synonym(actor=self.actor, term=data["term"], means=means, codes=codes, note=data["note"])
        if synonym_id and synonym_by_id(synonym_id).term_folded != fold(data["term"]):
            delete_synonym(actor=self.actor, synonym_id=synonym_id)

    def _page(self, request: HttpRequest, form: SynonymForm, synonym_id: int | None) -> HttpResponse:
        context = {"form": form, "synonym_id": synonym_id}
        return render(request, "procedures/synonym_edit.html", context, status=400 if form.errors else 200)


class SynonymDeleteView(PortalView):
    permission = EDIT

    def post(self, request: HttpRequest, synonym_id: int) -> HttpResponse:
        delete_synonym(actor=self.actor, synonym_id=synonym_id)
        messages.success(request, "Đã xóa từ này khỏi bảng.")
        return redirect("procedures:synonyms")
