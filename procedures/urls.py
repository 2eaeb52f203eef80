"""The catalogue, under /thu-tuc/: what citizens read, then what editors maintain. Fixed words come before codes."""

from __future__ import annotations

from django.urls import path

from procedures.views import editing, listing, page, posters, synonyms, unit_list

app_name = "procedures"

urlpatterns = [
    path("", listing.ListView.as_view(), name="list"),
    path("goi-y/", listing.SuggestView.as_view(), name="suggest"),
    path("su-kien/<slug:slug>/", listing.LifeEventView.as_view(), name="life-event"),
    path("don-vi/", unit_list.UnitsView.as_view(), name="units"),
    path("don-vi/<slug:key>/", unit_list.UnitView.as_view(), name="unit"),
    path("don-vi/<slug:key>/ap-phich.pdf", posters.UnitPosterView.as_view(), name="unit-poster"),
    path("don-vi/<slug:key>/ap-phich/", posters.UnitPostersView.as_view(), name="unit-posters"),
    path("don-vi/<slug:key>/thuc-hien/", editing.PerformedView.as_view(), name="performed"),
    path("ap-phich/", posters.OwnPostersView.as_view(), name="own-posters"),
    path("thuc-hien/", editing.OwnPerformedView.as_view(), name="own-performed"),
    path("ap-phich/<int:batch_id>/", posters.BatchProgressView.as_view(), name="poster-batch"),
    path("ap-phich/<int:batch_id>/tai-ve/", posters.BatchFileView.as_view(), name="poster-file"),
    path("bien-tap/", editing.CatalogueView.as_view(), name="catalogue"),
    path("bien-tap/luot-quet/", editing.ScansView.as_view(), name="scans"),
    path("bien-tap/ban/<int:version_id>/cong-bo/", editing.PublishView.as_view(), name="publish"),
    path("bien-tap/tu-dong-nghia/", synonyms.SynonymListView.as_view(), name="synonyms"),
    path("bien-tap/tu-dong-nghia/moi/", synonyms.SynonymEditView.as_view(), name="synonym-new"),
    path("bien-tap/tu-dong-nghia/<int:synonym_id>/", synonyms.SynonymEditView.as_view(), name="synonym"),
    path("bien-tap/tu-dong-nghia/<int:synonym_id>/xoa/", synonyms.SynonymDeleteView.as_view(), name="synonym-delete"),
    path("<str:code>/", page.ProcedureView.as_view(), name="detail"),
    path("<str:code>/qr/", page.QrView.as_view(), name="qr"),
    path("<str:code>/qr.svg", page.QrSvgView.as_view(), name="qr-svg"),
    path("<str:code>/ap-phich.pdf", page.PosterView.as_view(), name="poster"),
]
