"""What citizens do themselves: follow a dossier under /tra-cuu/, file one from home under /nop-ho-so/, and what is
theirs once they have signed in under /giay-to-cua-toi/."""

from __future__ import annotations

from django.urls import path

from dossiers.views import (
    filing,
    filing_held,
    filing_papers,
    filing_start,
    own_dossier,
    own_list,
    own_papers,
    own_proof,
    tracking,
)

app_name = "tracking"

urlpatterns = [
    path("", tracking.LookUpView.as_view(), name="look-up"),
    path("<str:token>/", tracking.LinkView.as_view(), name="link"),
    path("<str:token>/xac-nhan/", own_proof.ProveView.as_view(), name="prove"),
    path("<str:token>/cua-toi/", own_dossier.OwnDossierView.as_view(), name="own"),
    path("<str:token>/cua-toi/phieu/<int:slip_id>.pdf", own_dossier.OwnSlipView.as_view(), name="own-slip"),
    path("<str:token>/cua-toi/giay-to/<int:requirement_id>/", own_dossier.OwnUploadView.as_view(), name="own-upload"),
    path("<str:token>/cua-toi/tep/<int:paper_id>/", own_dossier.OwnFileView.as_view(), name="own-file"),
    path("<str:token>/cua-toi/tep/<int:paper_id>/bo/", own_dossier.OwnRemoveView.as_view(), name="own-remove"),
    path("<str:token>/cua-toi/gui/", own_dossier.OwnSendView.as_view(), name="own-send"),
    path("<str:token>/cua-toi/rut/", own_dossier.OwnWithdrawView.as_view(), name="own-withdraw"),
]

# Fixed words come before procedure codes.
filing_patterns = [
    path("", filing_start.IndexView.as_view(), name="index"),
    path("ban-khai/<uuid:key>/", filing.DraftView.as_view(), name="draft"),
    path("ban-khai/<uuid:key>/luu/", filing.SaveView.as_view(), name="save"),
    path("ban-khai/<uuid:key>/truong-hop/", filing.CaseView.as_view(), name="case"),
    path("ban-khai/<uuid:key>/giay-to/<int:requirement_id>/", filing_papers.UploadView.as_view(), name="upload"),
    path("ban-khai/<uuid:key>/kho/<int:requirement_id>/", filing_held.HoldView.as_view(), name="hold"),
    path("ban-khai/<uuid:key>/kho/<int:requirement_id>/bo/", filing_held.DropHeldView.as_view(), name="drop-held"),
    path("ban-khai/<uuid:key>/tep/<int:paper_id>/", filing_papers.OwnFileView.as_view(), name="own-file"),
    path("ban-khai/<uuid:key>/tep/<int:paper_id>/bo/", filing_papers.RemoveView.as_view(), name="remove"),
    path("ban-khai/<uuid:key>/ma-xac-nhan/", filing.SendCodeView.as_view(), name="send-code"),
    path("ban-khai/<uuid:key>/xac-nhan/", filing.ConfirmView.as_view(), name="confirm"),
    path("ban-khai/<uuid:key>/xem-lai/", filing.ReviewView.as_view(), name="review"),
    path("ban-khai/<uuid:key>/xoa/", filing.DiscardView.as_view(), name="discard"),
    path("<str:code>/", filing_start.StartView.as_view(), name="start"),
]

own_patterns = [
    path("", own_papers.OwnPapersView.as_view(), name="papers"),
    path("tai-len/", own_papers.OwnUploadView.as_view(), name="upload"),
    path("giay/<uuid:public_id>/", own_papers.OwnPaperView.as_view(), name="paper"),
    path("giay/<uuid:public_id>/tep/", own_papers.OwnPaperFileView.as_view(), name="paper-file"),
    path("giay/<uuid:public_id>/ban-goc/", own_papers.OwnPaperOriginalView.as_view(), name="paper-original"),
    path("giay/<uuid:public_id>/ma-chia-se/", own_papers.OwnShareView.as_view(), name="share"),
    path(
        "giay/<uuid:public_id>/ma-chia-se/<int:share_id>/thu-hoi/",
        own_papers.OwnShareRevokeView.as_view(),
        name="revoke-share",
    ),
    path("giay/<uuid:public_id>/de-nghi-sua/", own_papers.OwnCorrectionView.as_view(), name="ask-correction"),
    path("ho-so/", own_list.OwnDossiersView.as_view(), name="dossiers"),
]
