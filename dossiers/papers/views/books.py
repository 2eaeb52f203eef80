"""Old books in batches: files in, typed once, a sample typed again blind, differences decided, closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dossiers.papers.constants import EntryRound
from dossiers.papers.forms.books import EntryForm, NewBookForm
from dossiers.papers.forms.scans import first_words, shown_value
from dossiers.papers.permissions import DIGITISE, JUDGE_BOOKS
from dossiers.papers.selectors.books import BookItem, BookPage, book_page, books
from dossiers.papers.selectors.scans import ScanView, scan_view, type_choices
from dossiers.papers.services.close_book import close_book, draw_sample, recheck_book
from dossiers.papers.services.enter_scan import enter_scan, settle_entries
from dossiers.papers.services.open_book import add_book_file, open_book
from dossiers.papers.services.take_folder import leave_folder, take_folder
from haddong_portal.common import clock
from haddong_portal.common.errors import DomainError, NotFound
from haddong_portal.common.web.forms import add_domain_error
from haddong_portal.common.web.views import PortalView

ACTS: dict[str, Callable[..., object]] = {"draw": draw_sample, "recheck": recheck_book, "close": close_book}


class BooksView(PortalView):
    permission = DIGITISE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, NewBookForm(type_choices()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewBookForm(type_choices(), request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            batch = open_book(actor=self.actor, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
            return self._page(request, form, status=error.status)
        return redirect("scans:book", batch_id=batch.public_id)

    def _page(self, request: HttpRequest, form: NewBookForm, *, status: int = 200) -> HttpResponse:
        return render(request, "papers/books/books.html", {"form": form, "books": books(self.actor)}, status=status)


class BookView(PortalView):
    """The batch; asked by htmx it is the part that changes."""

    permission = DIGITISE

    def get(self, request: HttpRequest, batch_id: UUID) -> HttpResponse:
        page = book_page(actor=self.actor, batch_id=batch_id)
        part = request.headers.get("HX-Request") == "true"
        template = "papers/books/progress.html" if part else "papers/books/book.html"
        return render(request, template, book_context(self, page))


class BookUploadView(PortalView):
    """One file, one paper of the book; answered in JSON for the page's script."""

    permission = DIGITISE

    def post(self, request: HttpRequest, batch_id: UUID) -> HttpResponse:
        file, plain = request.FILES.get("file"), bool(request.POST.get("plain"))
        try:
            content, name = (file.read(settings.UPLOAD_MAX_BYTES + 1), file.name or "") if file else (b"", "")
            add_book_file(actor=self.actor, batch_id=batch_id, content=content, name=name)
        except NotFound:
            raise
        except DomainError as error:
            if not plain:
                return JsonResponse({"code": error.code, "message": error.message}, status=error.status)
            messages.error(request, f"{error.message} Mã: {error.code}")
        return redirect("scans:book", batch_id=batch_id) if plain else JsonResponse({"pages": 1})


class BookFolderView(PortalView):
    """The book takes what the unit's scanner leaves on the server, or leaves it there."""

    permission = DIGITISE

    def post(self, request: HttpRequest, batch_id: UUID) -> HttpResponse:
        act = take_folder if request.POST.get("act") == "take" else leave_folder
        try:
            act(actor=self.actor, batch_id=batch_id)
        except NotFound:
            raise
        except DomainError as error:
            messages.error(request, f"{error.message} Mã: {error.code}")
        return redirect("scans:book", batch_id=batch_id)


class BookActView(PortalView):
    """The sample is drawn, widened to the whole book, or the batch is closed."""

    permission = JUDGE_BOOKS

    def post(self, request: HttpRequest, batch_id: UUID) -> HttpResponse:
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise NotFound()
        try:
            act(actor=self.actor, batch_id=batch_id)
        except NotFound:
            raise
        except DomainError as error:
            messages.error(request, f"{error.message} Mã: {error.code}")
        return redirect("scans:book", batch_id=batch_id)


class EntryView(PortalView):
    """One page beside its form. The second clerk gets an empty one: no words of the machine or the first clerk."""

    permission = DIGITISE

    def get(self, request: HttpRequest, batch_id: UUID, item_id: UUID) -> HttpResponse:
        page, one = _found(self, batch_id, item_id)
        scan = scan_view(actor=self.actor, item_id=item_id, now=clock.now())
        reading = None if one.wants(self.actor.user_id) == EntryRound.SECOND else scan.reading
        words = {**first_words(reading), "type_code": scan.item.type_code}
        return self._page(request, page, one, scan, EntryForm(type_choices(), initial=words, reading=reading))

    def post(self, request: HttpRequest, batch_id: UUID, item_id: UUID) -> HttpResponse:
        page, one = _found(self, batch_id, item_id)
        scan = scan_view(actor=self.actor, item_id=item_id, now=clock.now(), read=False)
        form, status = EntryForm(type_choices(), request.POST), 422
        if form.is_valid():
            try:
                enter_scan(actor=self.actor, item_id=item_id, values=form.values())
            except DomainError as error:
                add_domain_error(form, error)
                status = error.status
            else:
                return redirect(_next_url(book_page(actor=self.actor, batch_id=batch_id), self.actor.user_id))
        return self._page(request, page, one, scan, form, status=status)

    def _page(
        self, request: HttpRequest, page: BookPage, one: BookItem, scan: ScanView, form: EntryForm, *, status: int = 200
    ) -> HttpResponse:
        second = one.wants(self.actor.user_id) == EntryRound.SECOND
        context = {"page": page, "one": one, "scan": scan, "form": form, "second": second}
        return render(request, "papers/books/entry.html", context, status=status)


class SettleView(PortalView):
    """Two entries side by side, and what is right."""

    permission = JUDGE_BOOKS

    def get(self, request: HttpRequest, batch_id: UUID, item_id: UUID) -> HttpResponse:
        page, one = _found(self, batch_id, item_id)
        double = _double(one)
        initial = {**_shown(double.first), "type_code": one.item.type_code}
        return self._page(request, page, one, EntryForm(type_choices(), initial=initial))

    def post(self, request: HttpRequest, batch_id: UUID, item_id: UUID) -> HttpResponse:
        page, one = _found(self, batch_id, item_id)
        form, status = EntryForm(type_choices(), request.POST), 422
        if form.is_valid():
            try:
                settle_entries(actor=self.actor, item_id=item_id, values=form.values())
            except DomainError as error:
                add_domain_error(form, error)
                status = error.status
            else:
                return redirect("scans:book", batch_id=batch_id)
        return self._page(request, page, one, form, status=status)

    def _page(
        self, request: HttpRequest, page: BookPage, one: BookItem, form: EntryForm, *, status: int = 200
    ) -> HttpResponse:
        double, scan = _double(one), scan_view(actor=self.actor, item_id=one.item.public_id, now=clock.now())
        first, second = _shown(double.first), _shown(double.second)
        rows = [(form.labels.get(name, name), first.get(name, ""), second.get(name, "")) for name in double.differences]
        context = {"page": page, "one": one, "scan": scan, "form": form, "rows": rows}
        return render(request, "papers/books/settle.html", context, status=status)


def book_context(view: PortalView, page: BookPage) -> dict[str, Any]:
    """What the batch's page and its changing part are drawn from."""
    following = page.next_for(view.actor.user_id)
    return {
        "page": page,
        "batch": page.batch,
        "next_item": following,
        "upload_url": reverse("scans:book-upload", args=[page.batch.public_id]),
        "has_folder": page.batch.unit.key in settings.SCANNER_FOLDERS,
        "may_judge": view.actor.has_right(JUDGE_BOOKS),
    }


def _found(view: PortalView, batch_id: UUID, item_id: UUID) -> tuple[BookPage, BookItem]:
    page = book_page(actor=view.actor, batch_id=batch_id)
    one = next((one for one in page.items if one.item.public_id == item_id), None)
    if one is None:
        raise NotFound("Không tìm thấy giấy này trong đợt.", code="scan.not_found")
    return page, one


def _double(one: BookItem) -> Any:
    if one.double is None:
        raise NotFound("Giấy này chưa có hai lần nhập.", code="scan.nothing_to_settle")
    return one.double


def _shown(values: dict[str, str]) -> dict[str, str]:
    """Days as people write them."""
    return {name: shown_value(text) for name, text in values.items()}


def _next_url(page: BookPage, user_id: int | None) -> str:
    """What the clerk types next, else the batch."""
    following = page.next_for(user_id)
    if following is None:
        return reverse("scans:book", args=[page.batch.public_id])
    return reverse("scans:entry", args=[page.batch.public_id, following.item.public_id])
