"""The batch of posters: a job a person orders, whose progress and file survive a restart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

STATES = [("queued", "Chờ dựng"), ("running", "Đang dựng"), ("done", "Đã xong"), ("failed", "Chưa dựng được")]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("procedures", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PosterBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("with_procedures", models.BooleanField(default=True, verbose_name="áp phích từng thủ tục")),
                ("counters", models.JSONField(blank=True, default=list, verbose_name="tên các quầy")),
                (
                    "state",
                    models.CharField(choices=STATES, default="queued", max_length=10, verbose_name="trạng thái"),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="số tờ")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="đã dựng")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="lỗi")),
                ("file", models.FileField(blank=True, upload_to="posters/%Y/%m", verbose_name="tệp in")),
                ("created_at", models.DateTimeField(verbose_name="lúc yêu cầu")),
                ("touched_at", models.DateTimeField(verbose_name="lúc có tiến triển")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc xong")),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="poster_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người yêu cầu",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="poster_batches",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt in áp phích",
                "verbose_name_plural": "lượt in áp phích",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=Q(state__in=["queued", "running"]), fields=["touched_at"], name="poster_batch_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(done__lte=F("total")), name="poster_batch_done_within_total"),
                    models.CheckConstraint(
                        condition=~Q(state="done") | (Q(finished_at__isnull=False) & ~Q(file="")),
                        name="poster_batch_done_has_file",
                    ),
                ],
            },
        ),
    ]
