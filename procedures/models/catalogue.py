"""The published catalogue: a procedure, its versions, and per version its cases, papers, limits and fees.

Mirrors the national portal's data model (domain.md §3.3): papers, time and fee depend on the case; fee and
time also depend on the channel.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from procedures.constants import (
    Channel,
    DigitiseDuty,
    FeeKind,
    Level,
    Part,
    PublicationState,
    RequirementKind,
    ServiceLevel,
)
from procedures.querysets import ProcedureVersionQuerySet


class Sector(models.Model):
    """A field of administration (lĩnh vực)."""

    code = models.CharField(max_length=30, blank=True, verbose_name="mã lĩnh vực")
    name = models.CharField(max_length=200, unique=True, verbose_name="tên lĩnh vực")
    name_folded = models.CharField(max_length=200, editable=False, verbose_name="tên không dấu")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "lĩnh vực"
        verbose_name_plural = "lĩnh vực"
        ordering = ["name_folded"]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure with its national code; what it says is in its versions (thủ tục hành chính)."""

    national_code = models.CharField(max_length=12, unique=True, verbose_name="mã thủ tục")
    local_code = models.CharField(max_length=40, blank=True, verbose_name="mã địa phương")
    current_version = models.OneToOneField(
        "ProcedureVersion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="current_of",
        verbose_name="bản hiện hành",
    )
    created_at = models.DateTimeField(verbose_name="lúc tạo")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "thủ tục hành chính"
        verbose_name_plural = "thủ tục hành chính"
        ordering = ["national_code"]

    def __str__(self) -> str:
        return self.national_code


class ProcedureVersion(models.Model):
    """What a procedure says from a day on. A dossier keeps the version it was filed under.

    `as_of_on` is the day for which the source speaks: an older era never supersedes a newer one. `page` is the
    read model of the public page, built with the version so that a page costs one statement.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions", verbose_name="thủ tục")
    number = models.PositiveSmallIntegerField(verbose_name="lần")
    state = models.CharField(
        max_length=10, choices=PublicationState.choices, default=PublicationState.DRAFT, verbose_name="trạng thái"
    )
    source = models.CharField(max_length=60, verbose_name="nguồn")
    as_of_on = models.DateField(null=True, blank=True, verbose_name="dữ liệu tính đến")
    content_hash = models.CharField(max_length=64, verbose_name="dấu nội dung")
    part_hashes = models.JSONField(default=dict, blank=True, editable=False, verbose_name="dấu từng phần")
    valid_from = models.DateField(null=True, blank=True, verbose_name="có hiệu lực từ")
    valid_to = models.DateField(null=True, blank=True, verbose_name="hết hiệu lực từ")
    name = models.CharField(max_length=2000, blank=True, verbose_name="tên thủ tục")
    name_folded = models.CharField(max_length=2000, blank=True, editable=False, verbose_name="tên không dấu")
    audience_line = models.CharField(max_length=300, blank=True, verbose_name="dùng để làm gì")
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="versions", verbose_name="lĩnh vực"
    )
    levels = ArrayField(
        models.CharField(max_length=6, choices=Level.choices), default=list, blank=True, verbose_name="cấp thực hiện"
    )
    service_level = models.CharField(
        max_length=20, choices=ServiceLevel.choices, default=ServiceLevel.INFORMATION, verbose_name="mức độ dịch vụ"
    )
    decision_no = models.CharField(max_length=200, blank=True, verbose_name="quyết định công bố")
    promulgator = models.CharField(max_length=200, blank=True, verbose_name="cơ quan công bố")
    subjects = models.JSONField(default=list, blank=True, verbose_name="đối tượng thực hiện")
    agencies = models.JSONField(default=dict, blank=True, verbose_name="cơ quan giải quyết")
    steps = models.JSONField(default=list, blank=True, verbose_name="trình tự thực hiện")
    methods = models.JSONField(default=list, blank=True, verbose_name="cách thức thực hiện")
    results = models.JSONField(default=list, blank=True, verbose_name="kết quả")
    conditions = models.TextField(blank=True, verbose_name="yêu cầu, điều kiện")
    legal_basis = models.JSONField(default=list, blank=True, verbose_name="căn cứ pháp lý")
    forms = models.JSONField(default=list, blank=True, verbose_name="mẫu đơn, tờ khai")
    limit_text = models.TextField(blank=True, verbose_name="thời hạn (nguyên văn)")
    fee_text = models.TextField(blank=True, verbose_name="phí, lệ phí (nguyên văn)")
    keywords = models.JSONField(default=list, blank=True, verbose_name="từ khóa")
    missing_parts = ArrayField(
        models.CharField(max_length=20, choices=Part.choices),
        default=list,
        blank=True,
        verbose_name="phần bắt buộc còn thiếu",
    )
    blockers = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name="điều cấm công bố")
    review_notes = models.JSONField(default=list, blank=True, verbose_name="cần rà soát")
    search_text = models.TextField(blank=True, editable=False, verbose_name="chữ để tìm")
    page = models.JSONField(default=dict, blank=True, editable=False, verbose_name="trang đã dựng")
    published_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc công bố")
    created_at = models.DateTimeField(verbose_name="lúc tạo")

    objects = ProcedureVersionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "page", "part_hashes"])

    class Meta:
        verbose_name = "bản thủ tục"
        verbose_name_plural = "bản thủ tục"
        ordering = ["procedure_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number_unique"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(state="published"), name="procedure_version_one_published"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(missing_parts__len=0),
                name="procedure_version_published_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(blockers__len=0), name="procedure_version_published_is_lawful"
            ),
            models.UniqueConstraint(
                fields=["procedure", "source", "content_hash"], name="procedure_version_content_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="procedure_version_validity_order",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="procedure_version_search"),
            GinIndex(fields=["name_folded"], opclasses=["gin_trgm_ops"], name="procedure_version_name"),
            models.Index(fields=["sector"], condition=Q(state="published"), name="procedure_version_by_sector"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.procedure} ({self.number})"


class ProcedureCase(models.Model):
    """A case of a procedure: what to bring, how long and how much depend on it (trường hợp)."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="cases", verbose_name="bản thủ tục"
    )
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    code = models.CharField(max_length=20, blank=True, verbose_name="mã trường hợp")
    name = models.CharField(max_length=1000, verbose_name="tên trường hợp")

    class Meta:
        verbose_name = "trường hợp"
        verbose_name_plural = "trường hợp"
        ordering = ["version_id", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="procedure_case_position_unique")]

    def __str__(self) -> str:
        return self.name


class PaperRequirement(models.Model):
    """One line of what to bring (thành phần hồ sơ). `is_note` marks a remark that the source listed as a paper."""

    case = models.ForeignKey(
        ProcedureCase, on_delete=models.CASCADE, related_name="requirements", verbose_name="trường hợp"
    )
    position = models.PositiveSmallIntegerField(verbose_name="thứ tự")
    name = models.TextField(verbose_name="tên giấy tờ")
    kind = models.CharField(
        max_length=8, choices=RequirementKind.choices, default=RequirementKind.SUBMIT, verbose_name="nộp hay xuất trình"
    )
    originals = models.PositiveSmallIntegerField(default=0, verbose_name="bản chính")
    copies = models.PositiveSmallIntegerField(default=0, verbose_name="bản sao")
    required = models.BooleanField(default=True, verbose_name="bắt buộc")
    is_note = models.BooleanField(default=False, verbose_name="chỉ là ghi chú")
    forms = models.JSONField(default=list, blank=True, verbose_name="mẫu kèm theo")
    paper_type = models.CharField(max_length=40, blank=True, verbose_name="mã loại giấy tờ")
    electronic_note = models.CharField(max_length=300, blank=True, verbose_name="khi nào không cần nộp")
    digitise = models.CharField(
        max_length=8, choices=DigitiseDuty.choices, default=DigitiseDuty.OPTIONAL, verbose_name="số hóa"
    )

    class Meta:
        verbose_name = "thành phần hồ sơ"
        verbose_name_plural = "thành phần hồ sơ"
        ordering = ["case_id", "position"]
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="paper_requirement_position_unique")]

    def __str__(self) -> str:
        return self.name


class CaseLimit(models.Model):
    """How long a case takes, for a channel or for all. `limit` is a TimeLimit as JSON, or null = needs review."""

    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="limits", verbose_name="trường hợp")
    channel = models.PositiveSmallIntegerField(choices=Channel.choices, null=True, blank=True, verbose_name="kênh nộp")
    limit = models.JSONField(null=True, blank=True, verbose_name="thời hạn")
    text = models.TextField(verbose_name="nguyên văn")
    needs_review = models.BooleanField(default=False, verbose_name="cần rà soát")
    reason = models.CharField(max_length=40, blank=True, verbose_name="lý do rà soát")

    class Meta:
        verbose_name = "thời hạn giải quyết"
        verbose_name_plural = "thời hạn giải quyết"
        constraints = [
            models.CheckConstraint(
                condition=Q(limit__isnull=False) | Q(needs_review=True), name="case_limit_known_or_flagged"
            ),
            models.UniqueConstraint(
                fields=["case", "channel"], nulls_distinct=False, name="case_limit_one_per_channel"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class FeeRule(models.Model):
    """A fee or duty of a case for a channel. An unknown amount is null, never 0: 0 means free by law."""

    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="fees", verbose_name="trường hợp")
    channel = models.PositiveSmallIntegerField(choices=Channel.choices, null=True, blank=True, verbose_name="kênh nộp")
    kind = models.CharField(max_length=4, choices=FeeKind.choices, default=FeeKind.DUTY, verbose_name="loại")
    amount_vnd = models.PositiveIntegerField(null=True, blank=True, verbose_name="số tiền (đồng)")
    text = models.TextField(blank=True, verbose_name="diễn giải")

    class Meta:
        verbose_name = "phí, lệ phí"
        verbose_name_plural = "phí, lệ phí"
        ordering = ["case_id", "channel", "id"]

    def __str__(self) -> str:
        return self.text[:80] or f"{self.amount_vnd} đồng"


class Synonym(models.Model):
    """An everyday word and what it means in the catalogue; an editor maintains the table."""

    term = models.CharField(max_length=120, verbose_name="từ thường dùng")
    term_folded = models.CharField(max_length=120, unique=True, editable=False, verbose_name="từ không dấu")
    means = models.JSONField(default=list, blank=True, verbose_name="nghĩa là")
    codes = models.JSONField(default=list, blank=True, verbose_name="mã thủ tục")
    note = models.CharField(max_length=300, blank=True, verbose_name="ghi chú cho người dân")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "từ đồng nghĩa"
        verbose_name_plural = "từ đồng nghĩa"
        ordering = ["term_folded"]

    def __str__(self) -> str:
        return self.term


class LifeEvent(models.Model):
    """A life event that leads a citizen to procedures (sinh con, kết hôn, …)."""

    slug = models.SlugField(max_length=60, unique=True, verbose_name="đường dẫn")
    title = models.CharField(max_length=120, verbose_name="sự kiện")
    line = models.CharField(max_length=250, verbose_name="một dòng")
    icon = models.CharField(max_length=40, verbose_name="biểu tượng")
    codes = models.JSONField(default=list, verbose_name="mã thủ tục")
    position = models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")

    class Meta:
        verbose_name = "sự kiện đời sống"
        verbose_name_plural = "sự kiện đời sống"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title
