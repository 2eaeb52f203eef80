"""Papers on their way from a scanner or camera into the store: rows first, so that nothing is lost with a page."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Deferrable, F, Q

from dossiers.papers.constants import EntryRound, ScanKind, ScanState
from dossiers.papers.models.files import StoredFile
from dossiers.papers.models.papers import Paper
from dossiers.papers.models.types import PaperType
from haddong_portal.accounts.models import Unit, User
from haddong_portal.citizens.models import Organisation, Person
from haddong_portal.common.crypto.fields import EncryptedTextField


class ScanBatch(models.Model):
    """Papers scanned together: those of one thing at the counter (`reference`), or the pages of an old book."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, verbose_name="mã công khai")
    kind = models.CharField(max_length=8, choices=ScanKind.choices, verbose_name="loại đợt")
    reference = models.CharField(max_length=80, blank=True, verbose_name="cho việc")
    owner_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người có giấy tờ"
    )
    owner_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="tổ chức"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    title = models.CharField(max_length=200, blank=True, verbose_name="tên sổ")
    book_year = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="năm của sổ")
    type = models.ForeignKey(
        PaperType, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="loại giấy tờ"
    )
    sample_percent = models.PositiveSmallIntegerField(default=0, verbose_name="tỷ lệ nhập lại (%)")
    error_percent_max = models.PositiveSmallIntegerField(default=0, verbose_name="tỷ lệ sai cho phép (%)")
    # Who let this book take the files of the unit's scanner folder; one book of a unit at a time.
    folder_user = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name="người cho nhận tệp từ thư mục máy quét",
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người mở đợt")
    created_at = models.DateTimeField(verbose_name="lúc mở đợt")
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="người đóng đợt"
    )
    closed_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc đóng đợt")

    class Meta:
        verbose_name = "đợt số hóa"
        verbose_name_plural = "đợt số hóa"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=Q(kind=ScanKind.COUNTER), name="scan_batch_once_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(kind=ScanKind.COUNTER, type__isnull=True) & ~Q(reference="")
                | Q(kind=ScanKind.BOOK, type__isnull=False, reference="") & ~Q(title=""),
                name="scan_batch_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(sample_percent__lte=100, error_percent_max__lte=100), name="scan_batch_percents"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="scan_batch_closed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(folder_user__isnull=False), name="scan_batch_one_takes_folder"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.reference


class ScanItem(models.Model):
    """One paper: its pages as they come, then the file made of them, what was read, and the paper it became.

    The row is the job: `next_attempt_at` and `touched_at` are what the sweeper looks at.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, verbose_name="mã công khai")
    batch = models.ForeignKey(
        ScanBatch, on_delete=models.PROTECT, db_index=False, related_name="items", verbose_name="đợt"
    )
    position = models.PositiveIntegerField(verbose_name="thứ tự")
    name = models.CharField(max_length=500, verbose_name="tên giấy tờ")
    # Keyed mark of the file that a scanner left, so that it is taken in once; "" for what a person brought.
    file_mark = models.CharField(max_length=64, blank=True, default="", verbose_name="dấu tệp của máy quét")
    # The line of the upper app's list that this paper answers; nothing of it is known here.
    line_id = models.BigIntegerField(null=True, blank=True, verbose_name="dòng trong thành phần hồ sơ")
    type_code = models.CharField(max_length=40, blank=True, verbose_name="loại được chờ")
    state = models.CharField(
        max_length=10, choices=ScanState.choices, default=ScanState.CAPTURING, verbose_name="trạng thái"
    )
    page_count_declared = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="số trang bản giấy")
    scanner = models.CharField(max_length=100, blank=True, verbose_name="thiết bị quét")
    made = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="tệp đã ghép"
    )
    is_archival = models.BooleanField(default=False, verbose_name="là PDF/A có lớp chữ")
    text = EncryptedTextField(blank=True, default="", verbose_name="chữ nhận dạng")
    findings = models.JSONField(default=list, blank=True, verbose_name="lỗi quét")
    problem = models.CharField(max_length=500, blank=True, verbose_name="điều chưa làm được")
    done_pages = models.PositiveSmallIntegerField(default=0, verbose_name="số trang đã đọc")
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")
    next_attempt_at = models.DateTimeField(null=True, blank=True, verbose_name="lần thử kế tiếp")
    touched_at = models.DateTimeField(verbose_name="lúc có tiến triển")
    seconds = models.FloatField(null=True, blank=True, verbose_name="số giây đọc")
    in_sample = models.BooleanField(default=False, verbose_name="thuộc mẫu nhập lại")
    paper = models.ForeignKey(
        Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="scans", verbose_name="giấy tờ trong kho"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người quét")
    created_at = models.DateTimeField(verbose_name="lúc bắt đầu")
    finished_at = models.DateTimeField(null=True, blank=True, verbose_name="lúc xong")

    class Meta:
        verbose_name = "giấy tờ đang số hóa"
        verbose_name_plural = "giấy tờ đang số hóa"
        ordering = ["batch_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="scan_item_in_order"),
            models.UniqueConstraint(
                fields=["batch", "file_mark"], condition=~Q(file_mark=""), name="scan_item_once_per_file"
            ),
            models.UniqueConstraint(
                fields=["batch", "line_id"],
                condition=Q(line_id__isnull=False) & ~Q(state=ScanState.DISCARDED),
                name="scan_item_once_per_line",
            ),
            models.CheckConstraint(
                condition=~Q(state=ScanState.READY) | Q(made__isnull=False), name="scan_item_ready_has_file"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ScanState.DONE, ScanState.DISCARDED], finished_at__isnull=False)
                | ~Q(state__in=[ScanState.DONE, ScanState.DISCARDED]) & Q(finished_at__isnull=True),
                name="scan_item_end_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ScanState.QUEUED) | Q(next_attempt_at__isnull=False),
                name="scan_item_queued_has_time",
            ),
        ]
        indexes = [
            # the sweeper's two questions
            models.Index(fields=["next_attempt_at"], condition=Q(state=ScanState.QUEUED), name="scan_item_due"),
            models.Index(fields=["touched_at"], condition=Q(state=ScanState.WORKING), name="scan_item_at_work"),
        ]

    def __str__(self) -> str:
        return self.name[:80]


class ScanPage(models.Model):
    """One page as it was captured, trimmed, with what was measured of it."""

    item = models.ForeignKey(
        ScanItem, on_delete=models.CASCADE, db_index=False, related_name="pages", verbose_name="giấy tờ"
    )
    serial = models.PositiveSmallIntegerField(verbose_name="trang số")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="ảnh trang")
    width = models.PositiveIntegerField(verbose_name="bề ngang (điểm ảnh)")
    height = models.PositiveIntegerField(verbose_name="bề cao (điểm ảnh)")
    dpi = models.PositiveSmallIntegerField(verbose_name="độ phân giải ước tính (dpi)")
    brightness = models.FloatField(verbose_name="độ sáng nền giấy")
    sharpness = models.FloatField(verbose_name="độ nét")
    ink_share = models.FloatField(verbose_name="tỷ lệ nét chữ")
    colour_share = models.FloatField(verbose_name="tỷ lệ màu")
    turned = models.PositiveSmallIntegerField(default=0, verbose_name="đã xoay (độ)")
    # A page with a sticky note is shot with it and without it (TT 01/2023 art. 8.2).
    note_pair_of = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="note_pair",
        verbose_name="cùng trang, có giấy ghi chú, với",
    )
    by_camera = models.BooleanField(default=False, verbose_name="chụp bằng camera")
    added_at = models.DateTimeField(verbose_name="lúc thêm")

    class Meta:
        verbose_name = "trang quét"
        verbose_name_plural = "trang quét"
        ordering = ["item_id", "serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "serial"], name="scan_page_in_order", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(turned__in=[0, 90, 180, 270]), name="scan_page_quarter_turns"),
            models.CheckConstraint(
                condition=Q(note_pair_of__isnull=True) | ~Q(note_pair_of=F("id")), name="scan_page_no_pair_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.serial}"


class ScanEntry(models.Model):
    """What one clerk typed from a page of an old book; two never see each other's before the comparison."""

    item = models.ForeignKey(
        ScanItem, on_delete=models.CASCADE, db_index=False, related_name="entries", verbose_name="giấy tờ"
    )
    round = models.CharField(max_length=8, choices=EntryRound.choices, verbose_name="lần nhập")
    values = EncryptedTextField(verbose_name="nội dung nhập")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập")
    entered_at = models.DateTimeField(verbose_name="lúc nhập")

    class Meta:
        verbose_name = "lần nhập dữ liệu"
        verbose_name_plural = "lần nhập dữ liệu"
        ordering = ["item_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "round"], name="scan_entry_one_a_round"),
            models.UniqueConstraint(fields=["item", "entered_by"], name="scan_entry_by_different_people"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.round}"
