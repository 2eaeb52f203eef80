"""Screens of linked cases, under /lien-thong/. Fixed words come before the codes of cases."""

from __future__ import annotations

from django.urls import path

from interlink.views import case, case_acts, case_list, correct, declare, groups, operations, receipt

app_name = "interlink"

urlpatterns = [
    path("", case_list.CaseListView.as_view(), name="list"),
    path("khai/<slug:group>/", declare.DeclareView.as_view(), name="declare"),
    path("to-khai/<uuid:key>/", declare.DeclarationPageView.as_view(), name="declaration"),
    path("to-khai/<uuid:key>/luu/", declare.DeclarationSaveView.as_view(), name="declaration-save"),
    path("to-khai/<uuid:key>/nguoi/", declare.DeclarationPersonView.as_view(), name="declaration-person"),
    path("to-khai/<uuid:key>/bo/", declare.DeclarationDiscardView.as_view(), name="declaration-discard"),
    path("van-hanh/", operations.OperationsView.as_view(), name="operations"),
    path("nhom/", groups.GroupsView.as_view(), name="groups"),
    path("nhom/soan/", groups.NewVersionView.as_view(), name="group-new"),
    path("nhom/<slug:group>/<int:number>/", groups.VersionView.as_view(), name="group-version"),
    path("nhom/<slug:group>/<int:number>/cong-bo/", groups.PublishView.as_view(), name="group-publish"),
    path("nhom/<slug:group>/<int:number>/ngung/", groups.RetireView.as_view(), name="group-retire"),
    path("nhom/<slug:group>/<int:number>/chung/", groups.SettingsView.as_view(), name="group-settings"),
    path("nhom/<slug:group>/<int:number>/json/", groups.JsonView.as_view(), name="group-json"),
    path("nhom/<slug:group>/<int:number>/<slug:part>/<str:place>/", groups.ItemView.as_view(), name="group-item"),
    path("tin/<uuid:message>/gui-lai/", case_acts.ReleaseView.as_view(), name="release"),
    path("<str:code>/", case.CaseView.as_view(), name="case"),
    path("<str:code>/giay-tiep-nhan/", receipt.CaseReceiptView.as_view(), name="receipt"),
    path("<str:code>/giay-tiep-nhan.pdf", receipt.CaseReceiptPdfView.as_view(), name="receipt-pdf"),
    path("<str:code>/sua/", correct.CorrectView.as_view(), name="correct"),
    path("<str:code>/dung/", case_acts.StopView.as_view(), name="stop"),
    path("<str:code>/nhan-than/", case_acts.IdentityView.as_view(), name="identity"),
    path("<str:code>/dong-y/<slug:role>/", case_acts.ConfirmView.as_view(), name="confirm"),
    path("<str:code>/viec/<slug:leg>/di-tiep/", case_acts.ResumeView.as_view(), name="resume"),
    path("<str:code>/viec/<slug:leg>/lam-lai/", case_acts.RestartView.as_view(), name="restart"),
    path("<str:code>/viec/<slug:leg>/ket-qua/", case_acts.RecordOutcomeView.as_view(), name="record-outcome"),
    path("<str:code>/giay/<uuid:paper>/", case.CasePaperView.as_view(), name="paper"),
]
