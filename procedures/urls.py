"""The catalogue, under /thu-tuc/: what citizens read, then what editors maintain. Fixed words come before codes."""

from __future__ import annotations

from django.urls import path

from procedures.views import (
    delegations,
    editing,
    listing,
    page,
    paper_lines,
    posters,
    process_editing,
    processes,
    synonyms,
    unit_list,
)

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
    path("bien-tap/giay-to/", paper_lines.PaperLinesView.as_view(), name="paper-lines"),
    path("bien-tap/luot-quet/", editing.ScansView.as_view(), name="scans"),
    path("bien-tap/ban/<int:version_id>/cong-bo/", editing.PublishView.as_view(), name="publish"),
    path("bien-tap/tu-dong-nghia/", synonyms.SynonymListView.as_view(), name="synonyms"),
    path("bien-tap/tu-dong-nghia/moi/", synonyms.SynonymEditView.as_view(), name="synonym-new"),
    path("bien-tap/tu-dong-nghia/<int:synonym_id>/", synonyms.SynonymEditView.as_view(), name="synonym"),
    path("bien-tap/tu-dong-nghia/<int:synonym_id>/xoa/", synonyms.SynonymDeleteView.as_view(), name="synonym-delete"),
    path("quy-trinh/", processes.ProcessListView.as_view(), name="iso-list"),
    path("quy-trinh/moi/", process_editing.ProcessNewView.as_view(), name="iso-new"),
    path("quy-trinh/<int:process_id>/", processes.ProcessView.as_view(), name="iso-process"),
    path("quy-trinh/<int:process_id>/tai-lieu.pdf", processes.ProcessPdfView.as_view(), name="iso-pdf"),
    path("quy-trinh/<int:process_id>/so-sanh/", processes.ProcessCompareView.as_view(), name="iso-compare"),
    path("quy-trinh/<int:process_id>/lich-su/", processes.ProcessHistoryView.as_view(), name="iso-history"),
    path("quy-trinh/<int:process_id>/thong-tin/", process_editing.ProcessHeadView.as_view(), name="iso-head"),
    path("quy-trinh/<int:process_id>/tai-lieu/", process_editing.DocumentView.as_view(), name="iso-document"),
    path("quy-trinh/<int:process_id>/ban-hanh/", process_editing.ProcessPublishView.as_view(), name="iso-publish"),
    path("quy-trinh/<int:process_id>/ngung/", process_editing.ProcessRetireView.as_view(), name="iso-retire"),
    path("quy-trinh/<int:process_id>/lan-sau/", process_editing.NextIssueView.as_view(), name="iso-next"),
    path("quy-trinh/<int:process_id>/bo/", process_editing.DiscardView.as_view(), name="iso-discard"),
    path("quy-trinh/<int:process_id>/buoc/", process_editing.StepNewView.as_view(), name="iso-step-new"),
    path("quy-trinh/<int:process_id>/buoc/<int:step_id>/", process_editing.StepView.as_view(), name="iso-step"),
    path(
        "quy-trinh/<int:process_id>/buoc/<int:step_id>/chuyen/",
        process_editing.StepMoveView.as_view(),
        name="iso-step-move",
    ),
    path("uy-quyen/", delegations.DelegationListView.as_view(), name="delegations"),
    path("uy-quyen/moi/", delegations.DelegationNewView.as_view(), name="delegation-new"),
    path("uy-quyen/<int:delegation_id>/", delegations.DelegationView.as_view(), name="delegation"),
    path(
        "uy-quyen/<int:delegation_id>/doi-chieu/",
        delegations.DelegationConfirmView.as_view(),
        name="delegation-confirm",
    ),
    path(
        "uy-quyen/<int:delegation_id>/cham-dut/", delegations.DelegationRevokeView.as_view(), name="delegation-revoke"
    ),
    path("<str:code>/", page.ProcedureView.as_view(), name="detail"),
    path("<str:code>/qr/", page.QrView.as_view(), name="qr"),
    path("<str:code>/qr.svg", page.QrSvgView.as_view(), name="qr-svg"),
    path("<str:code>/ap-phich.pdf", page.PosterView.as_view(), name="poster"),
]
