"""Screens of the staff, under /ho-so/."""

from __future__ import annotations

from django.urls import path

from dossiers.views import (
    acts,
    acts_branches,
    acts_promise,
    acts_supplement,
    acts_verification,
    dossier,
    files,
    hand_over,
    intake,
    receipt,
    signing_desk,
    slips,
    work_filters,
    work_list,
)

app_name = "dossiers"

urlpatterns = [
    path("viec/", work_list.WorkListView.as_view(), name="work-list"),
    path("viec/bo-loc/", work_filters.WorkFiltersView.as_view(), name="work-filters"),
    path("viec/bo-loc/luu/", work_filters.SaveFilterView.as_view(), name="save-filter"),
    path("viec/bo-loc/<int:filter_id>/xoa/", work_filters.DeleteFilterView.as_view(), name="delete-filter"),
    path("tiep-nhan/", intake.IntakeStartView.as_view(), name="intake"),
    path("tiep-nhan/<uuid:key>/", intake.IntakeView.as_view(), name="intake-draft"),
    path("tiep-nhan/<uuid:key>/thu-tuc/", intake.IntakeProcedureView.as_view(), name="intake-procedure"),
    path("tiep-nhan/<uuid:key>/nguoi-nop/", intake.IntakePersonView.as_view(), name="intake-person"),
    path("tiep-nhan/<uuid:key>/luu/", intake.IntakeSaveView.as_view(), name="intake-save"),
    path("tiep-nhan/<uuid:key>/xoa/", intake.IntakeDiscardView.as_view(), name="intake-discard"),
    path("tra-ket-qua/", hand_over.ReadyListView.as_view(), name="ready-list"),
    path("ban-ky/", signing_desk.SigningDeskView.as_view(), name="signing-desk"),
    path("tim/", dossier.FindView.as_view(), name="find"),
    path("<str:code>/", dossier.DossierView.as_view(), name="dossier"),
    path("<str:code>/giay-tiep-nhan/", receipt.ReceiptView.as_view(), name="receipt"),
    path("<str:code>/giay-tiep-nhan.pdf", receipt.ReceiptPdfView.as_view(), name="receipt-pdf"),
    path("<str:code>/nhan-viec/", acts.TakeView.as_view(), name="take"),
    path("<str:code>/xong-buoc/", acts.FinishStepView.as_view(), name="finish-step"),
    path("<str:code>/nhan-buoc-song-song/", acts_branches.TakeBranchView.as_view(), name="take-branch-step"),
    path("<str:code>/xong-buoc-song-song/", acts_branches.FinishBranchView.as_view(), name="finish-branch-step"),
    path("<str:code>/chuyen-nguoi/", acts.ForwardView.as_view(), name="forward"),
    path("<str:code>/tra-lai/", acts.ReturnToStepView.as_view(), name="return-to-step"),
    path("<str:code>/ky/", acts.SignView.as_view(), name="sign"),
    path("<str:code>/ket-qua/", acts.RecordResultView.as_view(), name="record-result"),
    path("<str:code>/yeu-cau-bo-sung/", acts_supplement.RequestSupplementView.as_view(), name="request-supplement"),
    path("<str:code>/nhan-bo-sung/", acts_supplement.ReceiveSupplementView.as_view(), name="receive-supplement"),
    path("<str:code>/tu-choi/", acts_supplement.DecideRefusalView.as_view(), name="decide-refusal"),
    path("<str:code>/dung-hen/", acts_promise.ConfirmOnTimeView.as_view(), name="confirm-on-time"),
    path("<str:code>/qua-han/", acts_promise.RecordOverdueView.as_view(), name="record-overdue"),
    path("<str:code>/hen-lai/", acts_promise.ExtendView.as_view(), name="extend"),
    path("<str:code>/de-nghi-rut/", acts_promise.RequestWithdrawalView.as_view(), name="request-withdrawal"),
    path("<str:code>/khong-rut/", acts_promise.DeclineWithdrawalView.as_view(), name="decline-withdrawal"),
    path("<str:code>/xac-minh/", acts_verification.VerifyView.as_view(), name="verify"),
    path("<str:code>/xong-xac-minh/", acts_verification.FinishVerificationView.as_view(), name="finish-verification"),
    path("<str:code>/dung/", acts_supplement.StopView.as_view(), name="stop"),
    path("<str:code>/phieu/<int:slip_id>.pdf", slips.SlipPdfView.as_view(), name="slip-pdf"),
    path("<str:code>/tra/", hand_over.HandOverView.as_view(), name="hand-over"),
    path("<str:code>/ket-qua/<int:result_id>/", files.ResultFileView.as_view(), name="result-file"),
]
