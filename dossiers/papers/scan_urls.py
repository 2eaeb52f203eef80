"""Digitising, under /so-hoa/."""

from __future__ import annotations

from django.urls import path

from dossiers.papers.views import books, scans

app_name = "scans"

urlpatterns = [
    path("", books.BooksView.as_view(), name="books"),
    path("so/<uuid:batch_id>/", books.BookView.as_view(), name="book"),
    path("so/<uuid:batch_id>/tep/", books.BookUploadView.as_view(), name="book-upload"),
    path("so/<uuid:batch_id>/thu-muc/", books.BookFolderView.as_view(), name="book-folder"),
    path("so/<uuid:batch_id>/viec/", books.BookActView.as_view(), name="book-act"),
    path("so/<uuid:batch_id>/nhap/<uuid:item_id>/", books.EntryView.as_view(), name="entry"),
    path("so/<uuid:batch_id>/quyet-dinh/<uuid:item_id>/", books.SettleView.as_view(), name="settle"),
    path("giay/<uuid:item_id>/viec/", scans.ScanActView.as_view(), name="act"),
    path("giay/<uuid:item_id>/ban-ghep.pdf", scans.ScanFileView.as_view(), name="file"),
    path("giay/<uuid:item_id>/trang/<int:page_id>/", scans.ScanPageView.as_view(), name="page"),
    path("giay/<uuid:item_id>/trang/<int:page_id>.jpg", scans.ScanPictureView.as_view(), name="picture"),
]
