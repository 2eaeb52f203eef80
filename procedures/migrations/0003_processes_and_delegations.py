"""Issues of ISO processes (state, decision, branches, document parts) and delegations between units."""

import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

STATES = [("draft", "Dự thảo"), ("published", "Đã ban hành"), ("retired", "Ngừng áp dụng")]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("procedures", "0002_poster_batch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decision_no", models.CharField(max_length=80, verbose_name="số quyết định")),
                ("decided_on", models.DateField(verbose_name="ngày quyết định")),
                ("confirmed", models.BooleanField(default=False, verbose_name="đã đối chiếu bản gốc")),
                ("valid_from", models.DateField(verbose_name="có hiệu lực từ")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ")),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("decide", "Quyết định"), ("sign", "Ký kết quả")], max_length=10
                        ),
                        size=None,
                        verbose_name="việc được ủy quyền",
                    ),
                ),
                ("all_procedures", models.BooleanField(default=False, verbose_name="mọi thủ tục")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="chấm dứt từ")),
                ("revoke_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do chấm dứt")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
            ],
            options={
                "verbose_name": "ủy quyền giải quyết",
                "verbose_name_plural": "ủy quyền giải quyết",
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDelegation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("decision_no", models.CharField(max_length=80, verbose_name="số quyết định")),
                ("decided_on", models.DateField(verbose_name="ngày quyết định")),
                ("confirmed", models.BooleanField(default=False, verbose_name="đã đối chiếu bản gốc")),
                ("valid_from", models.DateField(verbose_name="có hiệu lực từ")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ")),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("decide", "Quyết định"), ("sign", "Ký kết quả")], max_length=10
                        ),
                        size=None,
                        verbose_name="việc được ủy quyền",
                    ),
                ),
                ("all_procedures", models.BooleanField(default=False, verbose_name="mọi thủ tục")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="chấm dứt từ")),
                ("revoke_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do chấm dứt")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical ủy quyền giải quyết",
                "verbose_name_plural": "historical ủy quyền giải quyết",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDelegation_procedures",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalDelegation_procedures",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIsoSection",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("number", models.CharField(max_length=10, verbose_name="số mục")),
                ("title", models.CharField(max_length=200, verbose_name="tên mục")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("purpose", "Mục đích"),
                            ("scope", "Phạm vi"),
                            ("references", "Tài liệu viện dẫn"),
                            ("definitions", "Định nghĩa, viết tắt"),
                            ("legal_basis", "Cơ sở pháp lý"),
                            ("papers", "Thành phần hồ sơ"),
                            ("copies", "Số lượng hồ sơ"),
                            ("time", "Thời gian xử lý"),
                            ("place", "Nơi tiếp nhận và trả kết quả"),
                            ("fees", "Phí, lệ phí"),
                            ("steps", "Quy trình xử lý công việc"),
                            ("conditions", "Yêu cầu, điều kiện"),
                            ("other", "Nội dung khác"),
                        ],
                        default="other",
                        max_length=15,
                        verbose_name="loại nội dung",
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="nội dung")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical mục của quy trình",
                "verbose_name_plural": "historical mục của quy trình",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IsoAmendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("page", models.CharField(blank=True, max_length=20, verbose_name="trang")),
                ("content", models.CharField(max_length=500, verbose_name="nội dung sửa đổi")),
                ("issue", models.PositiveSmallIntegerField(verbose_name="lần ban hành")),
                ("amended_on", models.DateField(blank=True, null=True, verbose_name="ngày")),
            ],
            options={
                "verbose_name": "lần sửa đổi quy trình",
                "verbose_name_plural": "lần sửa đổi quy trình",
                "ordering": ["process_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="IsoForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="mã hiệu")),
                ("name", models.CharField(max_length=300, verbose_name="tên biểu mẫu")),
            ],
            options={
                "verbose_name": "biểu mẫu của quy trình",
                "verbose_name_plural": "biểu mẫu của quy trình",
                "ordering": ["process_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="IsoRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("name", models.CharField(max_length=300, verbose_name="hồ sơ lưu")),
                ("kept_for", models.CharField(blank=True, max_length=120, verbose_name="thời gian lưu")),
                ("kept_at", models.CharField(blank=True, max_length=200, verbose_name="nơi lưu")),
            ],
            options={
                "verbose_name": "hồ sơ lưu của quy trình",
                "verbose_name_plural": "hồ sơ lưu của quy trình",
                "ordering": ["process_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="IsoSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("number", models.CharField(max_length=10, verbose_name="số mục")),
                ("title", models.CharField(max_length=200, verbose_name="tên mục")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("purpose", "Mục đích"),
                            ("scope", "Phạm vi"),
                            ("references", "Tài liệu viện dẫn"),
                            ("definitions", "Định nghĩa, viết tắt"),
                            ("legal_basis", "Cơ sở pháp lý"),
                            ("papers", "Thành phần hồ sơ"),
                            ("copies", "Số lượng hồ sơ"),
                            ("time", "Thời gian xử lý"),
                            ("place", "Nơi tiếp nhận và trả kết quả"),
                            ("fees", "Phí, lệ phí"),
                            ("steps", "Quy trình xử lý công việc"),
                            ("conditions", "Yêu cầu, điều kiện"),
                            ("other", "Nội dung khác"),
                        ],
                        default="other",
                        max_length=15,
                        verbose_name="loại nội dung",
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="nội dung")),
            ],
            options={
                "verbose_name": "mục của quy trình",
                "verbose_name_plural": "mục của quy trình",
                "ordering": ["process_id", "position"],
            },
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="approver_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="người phê duyệt"),
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="approver_title",
            field=models.CharField(blank=True, max_length=120, verbose_name="chức vụ người phê duyệt"),
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="checked_by",
            field=models.CharField(blank=True, max_length=120, verbose_name="người kiểm tra"),
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="ngày quyết định"),
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="prepared_by",
            field=models.CharField(blank=True, max_length=120, verbose_name="người soạn thảo"),
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="promised_cut_minutes",
            field=models.PositiveIntegerField(default=0, verbose_name="cam kết cắt giảm (phút làm việc)"),
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="recipients",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                size=None,
                verbose_name="nơi nhận tài liệu",
            ),
        ),
        # What is stored is in force already; only what is written from now on starts as a draft.
        migrations.AddField(
            model_name="historicalisoprocess",
            name="state",
            field=models.CharField(choices=STATES, default="published", max_length=10, verbose_name="trạng thái"),
        ),
        migrations.AlterField(
            model_name="historicalisoprocess",
            name="state",
            field=models.CharField(choices=STATES, default="draft", max_length=10, verbose_name="trạng thái"),
        ),
        migrations.AddField(
            model_name="historicalisostep",
            name="branch",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="nhánh (0 là tuyến chính)"),
        ),
        migrations.AddField(
            model_name="historicalisostep",
            name="content",
            field=models.TextField(blank=True, verbose_name="nội dung công việc"),
        ),
        migrations.AddField(
            model_name="historicalisostep",
            name="joins_before",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bước chờ nhánh này"),
        ),
        migrations.AddField(
            model_name="historicalisostep",
            name="post_title",
            field=models.CharField(blank=True, max_length=150, verbose_name="vị trí chịu trách nhiệm"),
        ),
        migrations.AddField(
            model_name="historicalisostep",
            name="returns_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="trả lại được về bước",
            ),
        ),
        migrations.AddField(
            model_name="historicalisostep",
            name="starts_after",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bắt đầu sau bước"),
        ),
        migrations.AddField(
            model_name="historicalisostep",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.unit",
                verbose_name="đơn vị cụ thể",
            ),
        ),
        migrations.AddField(
            model_name="historicalunitprocedure",
            name="delegated_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.unit",
                verbose_name="giải quyết theo ủy quyền của",
            ),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="approver_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="người phê duyệt"),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="approver_title",
            field=models.CharField(blank=True, max_length=120, verbose_name="chức vụ người phê duyệt"),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="checked_by",
            field=models.CharField(blank=True, max_length=120, verbose_name="người kiểm tra"),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="ngày quyết định"),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="prepared_by",
            field=models.CharField(blank=True, max_length=120, verbose_name="người soạn thảo"),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="promised_cut_minutes",
            field=models.PositiveIntegerField(default=0, verbose_name="cam kết cắt giảm (phút làm việc)"),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="recipients",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                size=None,
                verbose_name="nơi nhận tài liệu",
            ),
        ),
        # What is stored is in force already; only what is written from now on starts as a draft.
        migrations.AddField(
            model_name="isoprocess",
            name="state",
            field=models.CharField(choices=STATES, default="published", max_length=10, verbose_name="trạng thái"),
        ),
        migrations.AlterField(
            model_name="isoprocess",
            name="state",
            field=models.CharField(choices=STATES, default="draft", max_length=10, verbose_name="trạng thái"),
        ),
        migrations.AddField(
            model_name="isostep",
            name="branch",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="nhánh (0 là tuyến chính)"),
        ),
        migrations.AddField(
            model_name="isostep",
            name="content",
            field=models.TextField(blank=True, verbose_name="nội dung công việc"),
        ),
        migrations.AddField(
            model_name="isostep",
            name="joins_before",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bước chờ nhánh này"),
        ),
        migrations.AddField(
            model_name="isostep",
            name="post_title",
            field=models.CharField(blank=True, max_length=150, verbose_name="vị trí chịu trách nhiệm"),
        ),
        migrations.AddField(
            model_name="isostep",
            name="returns_to",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="trả lại được về bước",
            ),
        ),
        migrations.AddField(
            model_name="isostep",
            name="starts_after",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bắt đầu sau bước"),
        ),
        migrations.AddField(
            model_name="isostep",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="iso_steps",
                to="accounts.unit",
                verbose_name="đơn vị cụ thể",
            ),
        ),
        migrations.AddField(
            model_name="unitprocedure",
            name="delegated_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegated_procedures",
                to="accounts.unit",
                verbose_name="giải quyết theo ủy quyền của",
            ),
        ),
        migrations.AlterField(
            model_name="historicalisoprocess",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="có hiệu lực từ"),
        ),
        migrations.AlterField(
            model_name="isoprocess",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="có hiệu lực từ"),
        ),
        migrations.AddConstraint(
            model_name="isostep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("branch", 0), _negated=True),
                    models.Q(("joins_before__isnull", True), ("starts_after__isnull", True)),
                    _connector="OR",
                ),
                name="iso_step_lead_has_no_join",
            ),
        ),
        migrations.AddConstraint(
            model_name="isostep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_after__isnull", True),
                    ("joins_before__isnull", True),
                    ("joins_before__gt", models.F("starts_after")),
                    _connector="OR",
                ),
                name="iso_step_join_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delegated_by__isnull", True),
                    ("signing_unit__isnull", True),
                    models.Q(("delegated_by", models.F("signing_unit")), _negated=True),
                    _connector="OR",
                ),
                name="unit_procedure_delegated_to_another",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="from_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations_given",
                to="accounts.unit",
                verbose_name="đơn vị ủy quyền",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="procedures",
            field=models.ManyToManyField(
                blank=True, related_name="delegations", to="procedures.procedure", verbose_name="thủ tục được ủy quyền"
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="to_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations_received",
                to="accounts.unit",
                verbose_name="đơn vị được ủy quyền",
            ),
        ),
        migrations.AddField(
            model_name="historicalisoprocess",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="procedures.delegation",
                verbose_name="theo ủy quyền",
            ),
        ),
        migrations.AddField(
            model_name="isoprocess",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="iso_processes",
                to="procedures.delegation",
                verbose_name="theo ủy quyền",
            ),
        ),
        migrations.AddConstraint(
            model_name="isoprocess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "draft"), ("valid_from__isnull", True), ("valid_to__isnull", True)),
                    models.Q(models.Q(("state", "draft"), _negated=True), ("valid_from__isnull", False)),
                    _connector="OR",
                ),
                name="iso_process_in_force_once_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="isoprocess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "retired"), _negated=True), ("valid_to__isnull", False), _connector="OR"
                ),
                name="iso_process_retired_has_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="isoprocess",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published"), ("valid_to__isnull", True)),
                fields=("code",),
                name="iso_process_one_open_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="isoprocess",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("code",), name="iso_process_one_draft"
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="from_unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.unit",
                verbose_name="đơn vị ủy quyền",
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="to_unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.unit",
                verbose_name="đơn vị được ủy quyền",
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation_procedures",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_tablespace="",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="procedures.delegation",
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation_procedures",
            name="history",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="procedures.historicaldelegation",
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation_procedures",
            name="procedure",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_tablespace="",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="procedures.procedure",
            ),
        ),
        migrations.AddField(
            model_name="historicalisosection",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalisosection",
            name="process",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="procedures.isoprocess",
                verbose_name="quy trình",
            ),
        ),
        migrations.AddField(
            model_name="isoamendment",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="amendments",
                to="procedures.isoprocess",
                verbose_name="quy trình",
            ),
        ),
        migrations.AddField(
            model_name="isoform",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="forms",
                to="procedures.isoprocess",
                verbose_name="quy trình",
            ),
        ),
        migrations.AddField(
            model_name="isorecord",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="records",
                to="procedures.isoprocess",
                verbose_name="quy trình",
            ),
        ),
        migrations.AddField(
            model_name="isosection",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sections",
                to="procedures.isoprocess",
                verbose_name="quy trình",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_unit", models.F("to_unit")), _negated=True), name="delegation_to_another_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_from__gte", models.F("decided_on"))), name="delegation_decided_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="delegation_validity_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoke_reason", ""), ("revoked_on__isnull", True)),
                    models.Q(("revoked_on__isnull", False), models.Q(("revoke_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="delegation_revoked_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("acts__len__gt", 0)), name="delegation_covers_an_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.UniqueConstraint(
                fields=("from_unit", "to_unit", "decision_no"), name="delegation_decision_once_per_units"
            ),
        ),
        migrations.AddConstraint(
            model_name="isoamendment",
            constraint=models.UniqueConstraint(fields=("process", "position"), name="iso_amendment_position_unique"),
        ),
        migrations.AddConstraint(
            model_name="isoform",
            constraint=models.UniqueConstraint(fields=("process", "position"), name="iso_form_position_unique"),
        ),
        migrations.AddConstraint(
            model_name="isoform",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True), fields=("process", "code"), name="iso_form_code_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="isorecord",
            constraint=models.UniqueConstraint(fields=("process", "position"), name="iso_record_position_unique"),
        ),
        migrations.AddConstraint(
            model_name="isosection",
            constraint=models.UniqueConstraint(fields=("process", "position"), name="iso_section_position_unique"),
        ),
        migrations.AddConstraint(
            model_name="isosection",
            constraint=models.UniqueConstraint(fields=("process", "number"), name="iso_section_number_unique"),
        ),
    ]
