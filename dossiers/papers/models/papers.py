"""A paper of a person or organisation and its versions. A paper is never edited in place: it gets another version,
is replaced or revoked."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from dossiers.papers.constants import Basis, PaperSource, PaperState, SignatureState, Trust
from dossiers.papers.models.files import StoredFile
from dossiers.papers.models.types import PaperType
from dossiers.papers.querysets import PaperQuerySet
from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.common.crypto.fields import BlindIndexField, EncryptedTextField


class Paper(models.Model):
    """One paper in its owner's store, with what is printed on it (giấy tờ điện tử, domain.md §7.5)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, verbose_name="mã công khai")
    owner_person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,  # paper_by_person serves it
        related_name="papers",
        verbose_name="chủ giấy tờ",
    )
    owner_organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,  # paper_by_organisation serves it
        related_name="papers",
        verbose_name="tổ chức chủ giấy tờ",
    )
    type = models.ForeignKey(
        PaperType, on_delete=models.PROTECT, db_index=False, related_name="papers", verbose_name="loại"
    )
    # A number may itself identify a person (an identity card's does), so it is kept like one.
    number = EncryptedTextField(blank=True, default="", verbose_name="số, ký hiệu")
    number_index = BlindIndexField(source="number", purpose="paper_number")
    issuer_name = models.CharField(max_length=250, blank=True, verbose_name="cơ quan cấp")
    issuer_unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="đơn vị cấp",
    )
    issued_on = models.DateField(null=True, blank=True, verbose_name="ngày cấp")
    valid_to = models.DateField(null=True, blank=True, verbose_name="có giá trị đến hết")
    fields = EncryptedTextField(blank=True, default="", verbose_name="dữ liệu trên giấy")
    source = models.CharField(max_length=10, choices=PaperSource.choices, verbose_name="nguồn")
    trust = models.CharField(max_length=16, choices=Trust.choices, verbose_name="mức tin cậy")
    basis = models.CharField(max_length=8, choices=Basis.choices, default=Basis.LAW, verbose_name="căn cứ lưu giữ")
    state = models.CharField(max_length=8, choices=PaperState.choices, verbose_name="trạng thái")
    current_version = models.OneToOneField(
        "PaperVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="current_of",
        verbose_name="bản hiện hành",
    )
    replaced_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="replaces",
        verbose_name="thay bằng",
    )
    revoked_at = models.DateTimeField(null=True, blank=True, verbose_name="thu hồi lúc")
    revoked_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người thu hồi",
    )
    revoked_reason = models.CharField(max_length=1000, blank=True, verbose_name="lý do thu hồi")
    erased_at = models.DateTimeField(null=True, blank=True, verbose_name="xóa lúc")
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="đơn vị đưa vào kho",
    )
    created_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người đưa vào kho",
    )
    created_at = models.DateTimeField(verbose_name="lúc đưa vào kho")
    row_version = models.PositiveIntegerField(default=1, verbose_name="lần sửa")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ điện tử"
        verbose_name_plural = "giấy tờ điện tử"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_person__isnull=False, owner_organisation__isnull=True)
                | Q(owner_person__isnull=True, owner_organisation__isnull=False),
                name="paper_one_owner",
            ),
            # What only its bearer says is not valid before somebody compared it.
            models.CheckConstraint(
                condition=~Q(state=PaperState.VALID) | ~Q(trust=Trust.DECLARED), name="paper_valid_is_checked"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(issued_on__isnull=True) | Q(valid_to__gte=F("issued_on")),
                name="paper_validity_order",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.REPLACED, replaced_by__isnull=False)
                | (~Q(state=PaperState.REPLACED) & Q(replaced_by__isnull=True))
                | Q(state=PaperState.ERASED),
                name="paper_replaced_by_another",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")), name="paper_not_its_own_heir"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=PaperState.REVOKED, revoked_at__isnull=False) & ~Q(revoked_reason="")
                    | (~Q(state=PaperState.REVOKED) & Q(revoked_at__isnull=True))
                    | Q(state=PaperState.ERASED)
                ),
                name="paper_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.ERASED, erased_at__isnull=False)
                | (~Q(state=PaperState.ERASED) & Q(erased_at__isnull=True)),
                name="paper_erased_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.ERASED) | Q(number_index__isnull=True, fields__filled=False),
                name="paper_erased_keeps_nothing",
            ),
            # One number of one type and day is one paper of its owner, however many people scan it at once.
            models.UniqueConstraint(
                fields=["owner_person", "type", "number_index", "issued_on"],
                condition=Q(state__in=["PENDING", "VALID"], owner_person__isnull=False, number_index__isnull=False),
                nulls_distinct=False,
                name="paper_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["owner_organisation", "type", "number_index", "issued_on"],
                condition=Q(
                    state__in=["PENDING", "VALID"], owner_organisation__isnull=False, number_index__isnull=False
                ),
                nulls_distinct=False,
                name="paper_once_per_organisation",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_person", "type"], condition=Q(owner_person__isnull=False), name="paper_by_person"
            ),
            models.Index(
                fields=["owner_organisation", "type"],
                condition=Q(owner_organisation__isnull=False),
                name="paper_by_organisation",
            ),
            models.Index(
                fields=["replaced_by"], condition=Q(replaced_by__isnull=False), name="paper_by_its_replacement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_id} {self.public_id}"


class PaperVersion(models.Model):
    """One file of a paper with what the scan, the signature check and the text recognition found.

    Append-only: a database trigger lets only erasing empty `text` and `signature`.
    """

    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, db_index=False, related_name="versions", verbose_name="giấy tờ"
    )
    serial = models.PositiveSmallIntegerField(verbose_name="bản số")
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc")
    shown = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp cho xem")
    content_type = models.CharField(max_length=60, verbose_name="loại tệp")
    sha256 = models.CharField(max_length=64, verbose_name="dấu SHA-256")
    page_count = models.PositiveSmallIntegerField(verbose_name="số trang")
    page_count_declared = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="số trang bản giấy")
    image_count = models.PositiveSmallIntegerField(default=0, verbose_name="số ảnh")
    signature_state = models.CharField(
        max_length=10, choices=SignatureState.choices, default=SignatureState.NONE, verbose_name="chữ ký số"
    )
    signature = models.JSONField(default=dict, blank=True, verbose_name="kết quả kiểm tra chữ ký")
    text = EncryptedTextField(blank=True, default="", verbose_name="chữ nhận dạng")
    scanner = models.CharField(max_length=100, blank=True, verbose_name="thiết bị quét")
    # The same page with and without its sticky note (TT 01/2023 art. 8.2).
    note_pair_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="note_pairs",
        verbose_name="cặp với bản",
    )
    made_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người thực hiện",
    )
    made_at = models.DateTimeField(verbose_name="lúc thực hiện")

    class Meta:
        verbose_name = "bản giấy tờ"
        verbose_name_plural = "bản giấy tờ"
        ordering = ["paper_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "serial"], name="paper_version_in_order"),
            models.CheckConstraint(condition=Q(page_count__gte=1), name="paper_version_has_pages"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="paper_version_sha256_form"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} bản {self.serial}"
