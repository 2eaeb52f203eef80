"""All tables of dossiers at once: what 0001 to 0021 made in 260 steps, for databases that begin today.

Django builds the models around each step anew, which was half of the processor time of a first run. A database that
has the steps keeps them and counts this file as done; one in the middle of them takes the rest of them.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import dossiers.constants
import haddong_portal.common.crypto.fields

EVENTS_FROZEN = """
CREATE FUNCTION dossier_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'dossier_event_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER dossier_event_append_only BEFORE UPDATE OR DELETE ON dossiers_dossierevent
  FOR EACH ROW EXECUTE FUNCTION dossier_event_append_only();
"""
EVENTS_FREE = """
DROP TRIGGER dossier_event_append_only ON dossiers_dossierevent;
DROP FUNCTION dossier_event_append_only();
"""
DAYS_FROZEN = """
CREATE FUNCTION day_end_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'day_end_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER day_end_append_only BEFORE UPDATE OR DELETE ON dossiers_dayend
  FOR EACH ROW EXECUTE FUNCTION day_end_append_only();
CREATE FUNCTION payment_of_closed_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'payment_of_closed_day' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER payment_of_closed_day BEFORE UPDATE OR DELETE ON dossiers_payment
  FOR EACH ROW WHEN (OLD.day_end_id IS NOT NULL) EXECUTE FUNCTION payment_of_closed_day();
"""
DAYS_FREE = """
DROP TRIGGER payment_of_closed_day ON dossiers_payment;
DROP FUNCTION payment_of_closed_day();
DROP TRIGGER day_end_append_only ON dossiers_dayend;
DROP FUNCTION day_end_append_only();
"""
BOOKS_FROZEN = """
CREATE FUNCTION register_book_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'register_book_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER register_book_append_only BEFORE UPDATE OR DELETE ON dossiers_registerbook
  FOR EACH ROW EXECUTE FUNCTION register_book_append_only();
"""
BOOKS_FREE = """
DROP TRIGGER register_book_append_only ON dossiers_registerbook;
DROP FUNCTION register_book_append_only();
"""


class Migration(migrations.Migration):
    replaces = [
        ("dossiers", "0001_initial"),
        ("dossiers", "0002_events_append_only"),
        ("dossiers", "0003_full_engine"),
        ("dossiers", "0004_step_proposal"),
        ("dossiers", "0005_opinions_and_verifications_measured"),
        ("dossiers", "0006_saved_filters_and_desk_days"),
        ("dossiers", "0007_reckoned_payments"),
        ("dossiers", "0008_counter_slips"),
        ("dossiers", "0009_supplements_sent_from_home"),
        ("dossiers", "0010_ruleset_versions"),
        ("dossiers", "0011_work_reassigned"),
        ("dossiers", "0012_outages_and_recomputations"),
        ("dossiers", "0013_payment_waits"),
        ("dossiers", "0014_signed_days_frozen"),
        ("dossiers", "0015_closed_books_frozen"),
        ("dossiers", "0016_stops_beside_and_delivery_events"),
        ("dossiers", "0017_papers_reused"),
        ("dossiers", "0018_filed_by"),
        ("dossiers", "0019_results_in_the_store"),
        ("dossiers", "0020_checklist_digitised"),
        ("dossiers", "0021_checked_files"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("citizens", "0003_residence_look_ups"),
        ("papers", "0003_scans"),
        ("procedures", "0003_processes_and_delegations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DayEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày")),
                ("figures", models.JSONField(default=dict, verbose_name="số liệu")),
                ("cash_expected_vnd", models.PositiveIntegerField(verbose_name="tiền mặt theo sổ (đồng)")),
                ("cash_counted_vnd", models.PositiveIntegerField(verbose_name="tiền mặt kiểm đếm (đồng)")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="giải trình chênh lệch")),
                ("signed_at", models.DateTimeField(verbose_name="lúc ký")),
                (
                    "clerk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_ends",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="công chức",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_ends",
                        to="accounts.unit",
                        verbose_name="nơi thu",
                    ),
                ),
            ],
            options={
                "verbose_name": "đối soát cuối ngày",
                "verbose_name_plural": "đối soát cuối ngày",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "clerk", "day"), name="day_end_once_per_clerk_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cash_counted_vnd", models.F("cash_expected_vnd")),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="day_end_difference_has_note",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("number", models.PositiveIntegerField(verbose_name="số")),
                ("handed_at", models.DateTimeField(verbose_name="lúc giao")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc nhận")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists_sent",
                        to="accounts.unit",
                        verbose_name="bên giao",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người giao",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nhận",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists_received",
                        to="accounts.unit",
                        verbose_name="bên nhận",
                    ),
                ),
            ],
            options={
                "verbose_name": "danh sách bàn giao",
                "verbose_name_plural": "danh sách bàn giao",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("from_unit", "year", "number"), name="delivery_list_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("from_unit", models.F("to_unit")), _negated=True),
                        name="delivery_list_two_units",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_at__isnull", True), ("received_by__isnull", True)),
                            models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="delivery_list_received_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="mã hồ sơ")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("SUBMITTED", "Mới đăng ký"),
                            ("ACCEPTED", "Được tiếp nhận"),
                            ("REFUSED_INTAKE", "Không được tiếp nhận"),
                            ("PROCESSING", "Đang xử lý"),
                            ("CONSULTING", "Đang lấy ý kiến"),
                            ("VERIFYING", "Đang xác minh"),
                            ("SIGNING", "Đang trình ký"),
                            ("WAIT_SUPPLEMENT", "Chờ bổ sung giấy tờ"),
                            ("WAIT_PAYMENT", "Chờ thực hiện nghĩa vụ tài chính"),
                            ("WITHDRAW_REQUESTED", "Đề nghị rút hồ sơ"),
                            ("STOPPED", "Dừng xử lý"),
                            ("DONE", "Đã xử lý xong"),
                            ("RETURNED", "Đã trả kết quả"),
                        ],
                        max_length=20,
                        verbose_name="trạng thái",
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=1, verbose_name="phiên bản dòng")),
                ("procedure_name", models.CharField(max_length=2000, verbose_name="tên thủ tục")),
                ("calendar_version", models.PositiveIntegerField(blank=True, null=True, verbose_name="phiên bản lịch")),
                ("applicant_name", models.CharField(max_length=250, verbose_name="tên người nộp")),
                (
                    "applicant_name_folded",
                    models.CharField(editable=False, max_length=250, verbose_name="tên không dấu"),
                ),
                (
                    "applicant_address",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True,
                        context="dossiers.dossier.applicant_address",
                        default="",
                        verbose_name="địa chỉ người nộp",
                    ),
                ),
                (
                    "phone",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.dossier.phone", default="", verbose_name="điện thoại liên hệ"
                    ),
                ),
                ("phone_index", haddong_portal.common.crypto.fields.BlindIndexField(purpose="phone", source="phone")),
                (
                    "email",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.dossier.email", default="", verbose_name="thư điện tử"
                    ),
                ),
                (
                    "representative_relation",
                    models.CharField(blank=True, max_length=120, verbose_name="giấy ủy quyền, quan hệ"),
                ),
                ("request_note", models.CharField(blank=True, max_length=500, verbose_name="nội dung yêu cầu")),
                (
                    "channel",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Trực tiếp"), (2, "Trực tuyến"), (3, "Bưu chính công ích")],
                        default=1,
                        verbose_name="kênh nộp",
                    ),
                ),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("desk", "Nhận tại bộ phận Một cửa"),
                            ("postal", "Gửi qua bưu chính công ích"),
                            ("electronic", "Nhận bản điện tử"),
                        ],
                        default="desk",
                        max_length=10,
                        verbose_name="cách nhận kết quả",
                    ),
                ),
                (
                    "delivery_address",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.dossier.delivery_address", default="", verbose_name="địa chỉ nhận"
                    ),
                ),
                ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="số bộ hồ sơ")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc tiếp nhận")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="hẹn trả")),
                ("limit", models.JSONField(blank=True, null=True, verbose_name="thời hạn")),
                ("limit_text", models.CharField(blank=True, max_length=300, verbose_name="thời hạn (chữ)")),
                ("due_explanation", models.JSONField(default=list, verbose_name="vì sao hẹn ngày này")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc xử lý xong")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc trả kết quả")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc kết thúc")),
                (
                    "current_run_no",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lượt hiện tại"),
                ),
                (
                    "current_action",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("receive", "Tiếp nhận"),
                            ("transfer", "Chuyển hồ sơ"),
                            ("examine", "Thẩm định"),
                            ("verify", "Thẩm tra, xác minh"),
                            ("sign", "Ký duyệt"),
                            ("record_result", "Ghi nhận kết quả"),
                            ("return_result", "Trả kết quả"),
                        ],
                        max_length=15,
                        verbose_name="loại việc hiện tại",
                    ),
                ),
                (
                    "current_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("clerk", "Công chức tiếp nhận"),
                            ("officer", "Cán bộ thụ lý"),
                            ("leader", "Lãnh đạo ký"),
                            ("one_stop_head", "Trưởng bộ phận Một cửa"),
                            ("catalogue_editor", "Biên tập thủ tục"),
                            ("district_manager", "Quản lý quận"),
                            ("inspector", "Kiểm tra công vụ"),
                            ("administrator", "Quản trị hệ thống"),
                        ],
                        max_length=20,
                        verbose_name="vai trò đang chờ",
                    ),
                ),
                ("current_step_name", models.CharField(blank=True, max_length=200, verbose_name="tên bước hiện tại")),
                ("step_due_at", models.DateTimeField(blank=True, null=True, verbose_name="hạn của bước")),
                ("fee_vnd", models.PositiveIntegerField(blank=True, null=True, verbose_name="phí (đồng)")),
                ("duty_vnd", models.PositiveIntegerField(blank=True, null=True, verbose_name="lệ phí (đồng)")),
                ("fee_note", models.CharField(blank=True, max_length=500, verbose_name="diễn giải phí, lệ phí")),
                ("book_no", models.CharField(blank=True, max_length=20, verbose_name="quyển số")),
                ("line_no", models.PositiveIntegerField(blank=True, null=True, verbose_name="số thứ tự trong sổ")),
                ("intake_key", models.CharField(max_length=80, verbose_name="khóa chống gửi trùng")),
                ("intake_digest", models.CharField(max_length=32, verbose_name="dấu nội dung tiếp nhận")),
                (
                    "check_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="hạn kiểm tra hồ sơ trực tuyến"),
                ),
                ("is_reappointed", models.BooleanField(default=False, verbose_name="đã hẹn lại")),
                ("is_refused", models.BooleanField(default=False, verbose_name="kết quả là từ chối")),
                ("next_reminder_at", models.DateTimeField(blank=True, null=True, verbose_name="lần nhắc kế tiếp")),
                (
                    "on_time_confirmed_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cam kết đúng hẹn cho ngày"),
                ),
                ("overdue_note", models.CharField(blank=True, max_length=500, verbose_name="diễn giải quá hạn")),
                (
                    "overdue_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("workload", "khối lượng hồ sơ lớn"),
                            ("other_unit", "chờ đơn vị phối hợp"),
                            ("complex", "vụ việc phức tạp"),
                            ("staff", "thiếu người, nghỉ phép"),
                            ("system", "sự cố phần mềm"),
                            ("applicant", "chờ người nộp"),
                            ("other", "lý do khác"),
                        ],
                        max_length=12,
                        verbose_name="lý do quá hạn",
                    ),
                ),
                (
                    "overdue_recorded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ghi nhận quá hạn lúc"),
                ),
                ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="đồng hồ dừng từ")),
                ("printed_due_at", models.DateTimeField(blank=True, null=True, verbose_name="ngày hẹn đã in")),
                (
                    "reader_unit_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="đơn vị được xem",
                    ),
                ),
                (
                    "recomputed_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ngày hẹn tính lại, chờ phiếu mới"),
                ),
                (
                    "resume_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SUBMITTED", "Mới đăng ký"),
                            ("ACCEPTED", "Được tiếp nhận"),
                            ("REFUSED_INTAKE", "Không được tiếp nhận"),
                            ("PROCESSING", "Đang xử lý"),
                            ("CONSULTING", "Đang lấy ý kiến"),
                            ("VERIFYING", "Đang xác minh"),
                            ("SIGNING", "Đang trình ký"),
                            ("WAIT_SUPPLEMENT", "Chờ bổ sung giấy tờ"),
                            ("WAIT_PAYMENT", "Chờ thực hiện nghĩa vụ tài chính"),
                            ("WITHDRAW_REQUESTED", "Đề nghị rút hồ sơ"),
                            ("STOPPED", "Dừng xử lý"),
                            ("DONE", "Đã xử lý xong"),
                            ("RETURNED", "Đã trả kết quả"),
                        ],
                        max_length=20,
                        verbose_name="trạng thái trước khi dừng",
                    ),
                ),
                (
                    "stop_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "người nộp rút hồ sơ"),
                            ("not_supplemented", "quá hạn bổ sung"),
                            ("decided", "căn cứ dừng khác"),
                        ],
                        max_length=20,
                        verbose_name="lý do dừng",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc nộp trực tuyến")),
                ("supplement_until", models.DateTimeField(blank=True, null=True, verbose_name="hạn bổ sung")),
                ("unpaid_vnd", models.PositiveIntegerField(default=0, verbose_name="còn phải thu (đồng)")),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hệ thống nộp thay",
                    ),
                ),
                (
                    "handling_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handled_dossiers",
                        to="accounts.unit",
                        verbose_name="đơn vị thụ lý",
                    ),
                ),
                (
                    "iso_process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="procedures.isoprocess",
                        verbose_name="quy trình",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers_in_hand",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người đang làm",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="citizens.organisation",
                        verbose_name="tổ chức nộp",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_dossiers",
                        to="accounts.unit",
                        verbose_name="đơn vị đang giữ",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="citizens.person",
                        verbose_name="người nộp",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="procedures.procedure",
                        verbose_name="thủ tục",
                    ),
                ),
                (
                    "procedure_case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="procedures.procedurecase",
                        verbose_name="trường hợp",
                    ),
                ),
                (
                    "procedure_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="procedures.procedureversion",
                        verbose_name="bản thủ tục",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers_received",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người tiếp nhận",
                    ),
                ),
                (
                    "receiving_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_dossiers",
                        to="accounts.unit",
                        verbose_name="nơi tiếp nhận",
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represented_dossiers",
                        to="citizens.person",
                        verbose_name="người được ủy quyền",
                    ),
                ),
                (
                    "signing_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_dossiers",
                        to="accounts.unit",
                        verbose_name="đơn vị ký",
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ",
                "verbose_name_plural": "hồ sơ",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["owner_unit", "due_at", "id"],
                        name="dossier_work_unit",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["officer", "due_at", "id"],
                        name="dossier_work_mine",
                    ),
                    models.Index(fields=["receiving_unit", "-id"], name="dossier_by_receiving_unit"),
                    models.Index(fields=["handling_unit", "-id"], name="dossier_by_handling_unit"),
                    models.Index(
                        condition=models.Q(("status", "DONE")),
                        fields=["receiving_unit", "finished_at"],
                        name="dossier_ready_at_desk",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["person", "procedure"],
                        name="dossier_open_of_person",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), ("organisation__isnull", False)),
                        fields=["organisation", "procedure"],
                        name="dossier_open_of_organisation",
                    ),
                    models.Index(fields=["phone_index"], name="dossier_by_phone"),
                    models.Index(
                        condition=models.Q(("status", "SUBMITTED")),
                        fields=["receiving_unit", "check_due_at"],
                        name="dossier_filed_at_desk",
                    ),
                    models.Index(
                        condition=models.Q(("next_reminder_at__isnull", False)),
                        fields=["next_reminder_at"],
                        name="dossier_reminder_due",
                    ),
                    models.Index(
                        condition=models.Q(("unpaid_vnd__gt", 0)),
                        fields=["receiving_unit", "id"],
                        name="dossier_unpaid_at_desk",
                    ),
                    models.Index(
                        condition=models.Q(("status", "SIGNING")),
                        fields=["owner_unit", "due_at"],
                        name="dossier_waiting_signature",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["reader_unit_ids"], name="dossier_by_reader_unit"),
                    models.Index(fields=["receiving_unit", "accepted_at"], name="dossier_received_at_desk"),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["receiving_unit", "due_at", "id"],
                        name="dossier_open_at_desk",
                    ),
                    models.Index(
                        condition=models.Q(("check_due_at__isnull", False), ("status", "WAIT_SUPPLEMENT")),
                        fields=["receiving_unit", "check_due_at"],
                        name="dossier_sent_to_desk",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", True), ("person__isnull", False)),
                            models.Q(("organisation__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="dossier_one_applicant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False), ("status__in", ["REFUSED_INTAKE", "STOPPED", "RETURNED"])
                            ),
                            models.Q(
                                models.Q(("status__in", ["REFUSED_INTAKE", "STOPPED", "RETURNED"]), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="dossier_closed_when_final",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["DONE", "RETURNED"]), _negated=True),
                            ("finished_at__isnull", False),
                            _connector="OR",
                        ),
                        name="dossier_done_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "RETURNED"), _negated=True),
                            ("returned_at__isnull", False),
                            _connector="OR",
                        ),
                        name="dossier_returned_has_time",
                    ),
                    models.UniqueConstraint(
                        fields=("receiving_unit", "book_no", "line_no"), name="dossier_register_line_unique"
                    ),
                    models.UniqueConstraint(fields=("received_by", "intake_key"), name="dossier_intake_key_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("submitted_at__isnull", False)),
                        fields=("intake_key",),
                        name="dossier_filing_key_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("calendar_version__isnull", False),
                                ("iso_process__isnull", False),
                                ("line_no__isnull", False),
                                ("received_by__isnull", False),
                            ),
                            models.Q(
                                ("accepted_at__isnull", True),
                                ("line_no__isnull", True),
                                ("status__in", ["SUBMITTED", "WAIT_SUPPLEMENT", "REFUSED_INTAKE", "STOPPED"]),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dossier_accepted_has_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["WAIT_SUPPLEMENT", "WAIT_PAYMENT", "WITHDRAW_REQUESTED"]), _negated=True
                            ),
                            ("accepted_at__isnull", True),
                            models.Q(("resume_status", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dossier_stop_knows_the_way_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overdue_recorded_at__isnull", True),
                            models.Q(("overdue_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dossier_overdue_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("step_name", models.CharField(blank=True, max_length=200, verbose_name="bước")),
                ("missing", models.BooleanField(default=False, verbose_name="bên nhận không thấy")),
                (
                    "delivery_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="dossiers.deliverylist",
                        verbose_name="danh sách",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng bàn giao",
                "verbose_name_plural": "dòng bàn giao",
                "ordering": ["delivery_list_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("delivery_list", "dossier"), name="delivery_line_dossier_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("name", models.TextField(verbose_name="tên giấy tờ")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("paper", "có bản giấy"),
                            ("copy", "có bản chụp"),
                            ("electronic", "đã có bản điện tử"),
                            ("waived", "được miễn"),
                            ("missing", "chưa có"),
                        ],
                        max_length=10,
                        verbose_name="tình trạng",
                    ),
                ),
                ("originals", models.PositiveSmallIntegerField(default=0, verbose_name="bản chính")),
                ("copies", models.PositiveSmallIntegerField(default=0, verbose_name="bản sao")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("digitised_at", models.DateTimeField(blank=True, null=True, verbose_name="số hóa lúc")),
                (
                    "digitised_paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.paper",
                        verbose_name="bản đã số hóa",
                    ),
                ),
                (
                    "look_up",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="citizens.residencelookup",
                        verbose_name="lần tra cứu",
                    ),
                ),
                (
                    "paper_use",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.paperuse",
                        verbose_name="lần dùng lại",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.paperrequirement",
                        verbose_name="thành phần",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
            ],
            options={
                "verbose_name": "giấy tờ đã nộp",
                "verbose_name_plural": "giấy tờ đã nộp",
                "ordering": ["dossier_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "position"), name="checklist_line_position_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper_use__isnull", True),
                            models.Q(("look_up__isnull", True), ("state", "electronic")),
                            _connector="OR",
                        ),
                        name="checklist_line_reuse_is_electronic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digitised_at__isnull", True), ("digitised_paper__isnull", True)),
                            models.Q(("digitised_at__isnull", False), ("digitised_paper__isnull", False)),
                            _connector="OR",
                        ),
                        name="checklist_line_digitised_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=dossiers.constants.event_kinds, max_length=40, verbose_name="việc")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("actor_user_id", models.BigIntegerField(blank=True, null=True, verbose_name="tài khoản")),
                ("actor_name", models.CharField(max_length=200, verbose_name="người thực hiện")),
                ("actor_title", models.CharField(blank=True, max_length=120, verbose_name="chức danh")),
                ("unit_id", models.BigIntegerField(blank=True, null=True, verbose_name="đơn vị")),
                ("unit_name", models.CharField(blank=True, max_length=200, verbose_name="tên đơn vị")),
                ("from_status", models.CharField(blank=True, max_length=20, verbose_name="từ trạng thái")),
                ("to_status", models.CharField(max_length=20, verbose_name="sang trạng thái")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="ghi chú")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="chi tiết")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
            ],
            options={
                "verbose_name": "diễn biến hồ sơ",
                "verbose_name_plural": "diễn biến hồ sơ",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["at"], name="dossier_event_by_time")],
            },
        ),
        migrations.CreateModel(
            name="FilingDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True, verbose_name="khóa")),
                (
                    "content",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.filingdraft.content", default="", verbose_name="nội dung"
                    ),
                ),
                (
                    "phone",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.filingdraft.phone", default="", verbose_name="điện thoại"
                    ),
                ),
                ("phone_index", haddong_portal.common.crypto.fields.BlindIndexField(purpose="phone", source="phone")),
                (
                    "phone_confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="xác nhận điện thoại lúc"),
                ),
                ("created_at", models.DateTimeField(verbose_name="lúc tạo")),
                ("updated_at", models.DateTimeField(verbose_name="lúc lưu")),
                (
                    "dossier",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="filing",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procedures.procedure",
                        verbose_name="thủ tục",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="nơi nộp",
                    ),
                ),
            ],
            options={
                "verbose_name": "bản khai trực tuyến",
                "verbose_name_plural": "bản khai trực tuyến",
                "indexes": [models.Index(fields=["updated_at"], name="filing_draft_by_time")],
            },
        ),
        migrations.CreateModel(
            name="FiledPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="tên tệp")),
                ("file", models.FileField(upload_to="filed/%Y/%m", verbose_name="tệp")),
                ("content_type", models.CharField(max_length=60, verbose_name="loại tệp")),
                ("size_bytes", models.PositiveIntegerField(verbose_name="dung lượng (byte)")),
                ("sha256", models.CharField(max_length=64, verbose_name="dấu SHA-256")),
                ("uploaded_at", models.DateTimeField(verbose_name="lúc tải lên")),
                ("check_code", models.CharField(blank=True, max_length=40, verbose_name="mã kiểm tra")),
                ("original", models.FileField(blank=True, upload_to="originals/%Y/%m", verbose_name="tệp gốc")),
                (
                    "state",
                    models.CharField(
                        choices=[("shown", "xem được"), ("held", "chờ quét mã độc"), ("refused", "không được nhận")],
                        default="shown",
                        max_length=10,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_papers",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.paperrequirement",
                        verbose_name="thành phần",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="dossiers.filingdraft",
                        verbose_name="bản khai",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp nộp trực tuyến",
                "verbose_name_plural": "tệp nộp trực tuyến",
                "ordering": ["id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "held")), fields=["id"], name="filed_paper_held")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("draft__isnull", False), ("dossier__isnull", False), _connector="OR"),
                        name="filed_paper_belongs_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["shown", "held", "refused"])), name="filed_paper_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("check_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="filed_paper_refused_with_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("collector_name", models.CharField(max_length=120, verbose_name="người nhận")),
                (
                    "collector_id",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True,
                        context="dossiers.handover.collector_id",
                        default="",
                        verbose_name="số định danh người nhận",
                    ),
                ),
                ("relation", models.CharField(blank=True, max_length=120, verbose_name="quan hệ, giấy ủy quyền")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("signature", "Ký nhận trên sổ"),
                            ("signature_pad", "Ký trên bảng điện tử"),
                            ("phone_code", "Mã xác nhận qua điện thoại"),
                            ("postal_proof", "Chứng từ bưu chính"),
                            ("electronic", "Gửi bản điện tử"),
                        ],
                        max_length=15,
                        verbose_name="cách ký nhận",
                    ),
                ),
                (
                    "signature_svg",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.handover.signature_svg", default="", verbose_name="nét ký"
                    ),
                ),
                ("proof_note", models.CharField(blank=True, max_length=200, verbose_name="chứng từ")),
                ("handed_at", models.DateTimeField(verbose_name="lúc trả")),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_over",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người trả",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần trả kết quả",
                "verbose_name_plural": "lần trả kết quả",
            },
        ),
        migrations.CreateModel(
            name="HistoricalBankAccount",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("bank_bin", models.CharField(max_length=6, verbose_name="mã ngân hàng (BIN)")),
                ("bank_name", models.CharField(max_length=120, verbose_name="tên ngân hàng")),
                (
                    "account_no",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        context="dossiers.bankaccount.account_no", verbose_name="số tài khoản"
                    ),
                ),
                ("account_name", models.CharField(max_length=120, verbose_name="tên tài khoản")),
                ("valid_from", models.DateField(verbose_name="dùng từ")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical tài khoản thu",
                "verbose_name_plural": "historical tài khoản thu",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRuleSet",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=10, verbose_name="mã")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("effective_from", models.DateField(verbose_name="hiệu lực từ")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("policy", models.JSONField(verbose_name="quy tắc thời hạn")),
                ("forms", models.JSONField(default=list, verbose_name="biểu mẫu")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="căn cứ")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                ("applies_from", models.DateField(blank=True, null=True, verbose_name="áp dụng từ ngày tiếp nhận")),
                ("series", models.CharField(max_length=10, verbose_name="thuộc bộ")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="lần sửa")),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical bộ quy tắc",
                "verbose_name_plural": "historical bộ quy tắc",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IntakeDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True, verbose_name="khóa")),
                (
                    "content",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.intakedraft.content", default="", verbose_name="nội dung"
                    ),
                ),
                ("updated_at", models.DateTimeField(verbose_name="lúc lưu")),
                (
                    "clerk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intake_drafts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="công chức",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "bản tiếp nhận đang nhập",
                "verbose_name_plural": "bản tiếp nhận đang nhập",
                "indexes": [models.Index(fields=["clerk", "-updated_at"], name="intake_draft_of_clerk")],
            },
        ),
        migrations.CreateModel(
            name="Outage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.CharField(max_length=120, verbose_name="hệ thống")),
                ("started_at", models.DateTimeField(verbose_name="từ lúc")),
                ("ended_at", models.DateTimeField(verbose_name="đến lúc")),
                ("reason", models.CharField(max_length=1000, verbose_name="lý do")),
                ("paper", models.CharField(blank=True, max_length=300, verbose_name="văn bản, biên bản")),
                ("recorded_at", models.DateTimeField(verbose_name="lúc ghi nhận")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi nhận",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outages",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "sự cố hệ thống",
                "verbose_name_plural": "sự cố hệ thống",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gt", models.F("started_at"))), name="outage_ends_after_start"
                    ),
                    models.UniqueConstraint(
                        fields=("system", "unit", "started_at"), name="outage_recorded_once", nulls_distinct=False
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supplement", "chờ bổ sung"),
                            ("payment", "chờ thực hiện nghĩa vụ tài chính"),
                            ("outage", "sự cố hệ thống"),
                            ("confirmation", "chờ xác nhận VNeID"),
                            ("withdrawal", "chờ giải quyết đề nghị rút"),
                            ("consultation", "lấy ý kiến đơn vị phối hợp"),
                            ("verification", "thẩm tra, xác minh"),
                        ],
                        max_length=12,
                        verbose_name="loại dừng",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="từ lúc")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="đến lúc")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="lý do")),
                (
                    "pauses_clock",
                    models.BooleanField(blank=True, null=True, verbose_name="đồng hồ dừng theo luật chuyên ngành"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "outage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="dossiers.outage",
                        verbose_name="sự cố",
                    ),
                ),
            ],
            options={
                "verbose_name": "khoảng dừng",
                "verbose_name_plural": "khoảng dừng",
                "ordering": ["dossier_id", "started_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="pause_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("dossier", "kind"),
                        name="pause_one_open_per_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outage__isnull", False)),
                        fields=("dossier", "outage"),
                        name="pause_once_per_outage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("fee", "Phí"), ("duty", "Lệ phí"), ("tax", "Thuế, nghĩa vụ tài chính khác")],
                        max_length=4,
                        verbose_name="loại",
                    ),
                ),
                ("label", models.CharField(max_length=300, verbose_name="nội dung thu")),
                ("amount_vnd", models.PositiveIntegerField(blank=True, null=True, verbose_name="số tiền (đồng)")),
                ("exempt_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do miễn, giảm")),
                ("created_at", models.DateTimeField(verbose_name="lúc phát sinh")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc xong")),
                ("proof", models.CharField(blank=True, max_length=200, verbose_name="chứng từ nộp")),
                (
                    "exempted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người cho miễn",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "pause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="dossiers.pause",
                        verbose_name="khoảng chờ nộp",
                    ),
                ),
            ],
            options={
                "verbose_name": "khoản phải thu",
                "verbose_name_plural": "khoản phải thu",
                "ordering": ["dossier_id", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)), fields=["dossier"], name="charge_unsettled"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exempted_by__isnull", True),
                            models.Q(("exempt_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="charge_exempt_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", True),
                            ("amount_vnd__isnull", False),
                            models.Q(("exempt_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="charge_settled_has_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("receipt_no", models.PositiveIntegerField(verbose_name="số biên lai")),
                ("amount_vnd", models.PositiveIntegerField(verbose_name="số tiền (đồng)")),
                (
                    "method",
                    models.CharField(
                        choices=[("cash", "Tiền mặt"), ("transfer", "Chuyển khoản"), ("online", "Trực tuyến")],
                        max_length=10,
                        verbose_name="cách nộp",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="mã giao dịch")),
                ("paid_at", models.DateTimeField(verbose_name="lúc thu")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="hủy lúc")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do hủy")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="dossiers.charge",
                        verbose_name="khoản",
                    ),
                ),
                (
                    "collected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thu",
                    ),
                ),
                (
                    "day_end",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="dossiers.dayend",
                        verbose_name="bảng đối soát",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="accounts.unit",
                        verbose_name="nơi thu",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần thu",
                "verbose_name_plural": "lần thu",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["collected_by", "paid_at"], name="payment_by_clerk")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "year", "receipt_no"), name="payment_receipt_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("charge",),
                        name="payment_one_valid_per_charge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="payment_void_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reassignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500, verbose_name="lý do")),
                ("total", models.PositiveIntegerField(verbose_name="số hồ sơ")),
                ("created_at", models.DateTimeField(verbose_name="lúc giao")),
                ("touched_at", models.DateTimeField(verbose_name="lúc có tiến triển")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc xong")),
                (
                    "from_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người bàn giao việc",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người giao lại",
                    ),
                ),
                (
                    "ordered_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                        verbose_name="với vị trí",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reassignments",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt giao lại việc",
                "verbose_name_plural": "lượt giao lại việc",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=["touched_at"],
                        name="reassignment_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True), ("from_user__isnull", False)),
                        fields=("unit", "from_user"),
                        name="reassignment_one_open_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reassignment_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReassignmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "chờ giao"), ("moved", "đã giao"), ("refused", "chưa giao được")],
                        default="waiting",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=60, verbose_name="mã lý do")),
                ("message", models.CharField(blank=True, max_length=500, verbose_name="lý do chưa giao được")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "from_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="đang ở",
                    ),
                ),
                (
                    "reassignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="dossiers.reassignment",
                        verbose_name="lượt giao lại",
                    ),
                ),
                (
                    "to_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="giao cho",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng giao lại việc",
                "verbose_name_plural": "dòng giao lại việc",
                "ordering": ["reassignment_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("reassignment", "dossier"), name="reassignment_line_dossier_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("message", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("code", ""), ("message", "")),
                            _connector="OR",
                        ),
                        name="reassignment_line_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recomputation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[("calendar", "Lịch làm việc đổi"), ("outage", "Sự cố hệ thống")],
                        max_length=10,
                        verbose_name="vì",
                    ),
                ),
                ("calendar_version", models.PositiveIntegerField(verbose_name="lịch số")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="nội dung")),
                ("started_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="xong lúc")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="số hồ sơ đang giải quyết")),
                ("checked", models.PositiveIntegerField(default=0, verbose_name="đã xem")),
                ("moved", models.PositiveIntegerField(default=0, verbose_name="đổi ngày hẹn")),
                ("waiting", models.PositiveIntegerField(default=0, verbose_name="chờ giấy hẹn mới")),
                ("last_dossier_id", models.BigIntegerField(default=0, verbose_name="đã xong đến hồ sơ")),
                (
                    "outage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="dossiers.outage",
                        verbose_name="sự cố",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần tính lại ngày hẹn",
                "verbose_name_plural": "lần tính lại ngày hẹn",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=["id"],
                        name="recomputation_unfinished",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cause", "calendar")),
                        fields=("calendar_version",),
                        name="recomputation_one_per_calendar",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cause", "outage")), fields=("outage",), name="recomputation_one_per_outage"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", "calendar"), ("outage__isnull", True)),
                            models.Q(("cause", "outage"), ("outage__isnull", False)),
                            _connector="OR",
                        ),
                        name="recomputation_has_its_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecomputedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_due_at", models.DateTimeField(verbose_name="hẹn cũ")),
                ("new_due_at", models.DateTimeField(verbose_name="hẹn tính lại")),
                ("waits", models.BooleanField(verbose_name="chờ giấy hẹn mới")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="dossiers.recomputation",
                        verbose_name="lần tính lại",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng tính lại",
                "verbose_name_plural": "dòng tính lại",
                "ordering": ["run_id", "id"],
                "constraints": [models.UniqueConstraint(fields=("run", "dossier"), name="recomputed_line_once")],
            },
        ),
        migrations.CreateModel(
            name="RegisterBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("book_no", models.CharField(max_length=20, verbose_name="quyển số")),
                ("line_count", models.PositiveIntegerField(verbose_name="số dòng")),
                ("closed_at", models.DateTimeField(verbose_name="khóa sổ lúc")),
                ("sha256", models.CharField(max_length=64, verbose_name="dấu SHA-256 của các dòng")),
                (
                    "lines",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True,
                        context="dossiers.registerbook.lines",
                        default="",
                        verbose_name="các dòng lúc khóa sổ",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người khóa sổ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_books",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "sổ theo dõi đã khóa",
                "verbose_name_plural": "sổ theo dõi đã khóa",
                "constraints": [models.UniqueConstraint(fields=("unit", "book_no"), name="register_book_closed_once")],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=20, verbose_name="quy tắc nhắc")),
                ("day", models.DateField(verbose_name="ngày")),
                ("at", models.DateTimeField(verbose_name="lúc nhắc")),
                ("recipients", models.PositiveSmallIntegerField(default=0, verbose_name="số người được nhắc")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhắc",
                "verbose_name_plural": "lần nhắc",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "rule", "day"), name="reminder_once_per_rule_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ResultFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu")),
                ("name", models.CharField(max_length=300, verbose_name="tên kết quả")),
                ("file", models.FileField(upload_to="results/%Y/%m", verbose_name="tệp")),
                ("content_type", models.CharField(max_length=60, verbose_name="loại tệp")),
                ("size_bytes", models.PositiveIntegerField(verbose_name="dung lượng (byte)")),
                ("sha256", models.CharField(max_length=64, verbose_name="dấu SHA-256")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ký")),
                ("signer_name", models.CharField(blank=True, max_length=120, verbose_name="người ký")),
                ("recorded_at", models.DateTimeField(verbose_name="lúc ghi nhận")),
                ("is_refusal", models.BooleanField(default=False, verbose_name="văn bản từ chối")),
                ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="bị thay thế lúc")),
                ("original", models.FileField(blank=True, upload_to="originals/%Y/%m", verbose_name="tệp gốc")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "paper_version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.paperversion",
                        verbose_name="bản trong kho giấy tờ",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi nhận",
                    ),
                ),
            ],
            options={
                "verbose_name": "kết quả",
                "verbose_name_plural": "kết quả",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10, unique=True, verbose_name="mã")),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("effective_from", models.DateField(verbose_name="hiệu lực từ")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("policy", models.JSONField(verbose_name="quy tắc thời hạn")),
                ("forms", models.JSONField(default=list, verbose_name="biểu mẫu")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="căn cứ")),
                ("applies_from", models.DateField(blank=True, null=True, verbose_name="áp dụng từ ngày tiếp nhận")),
                ("series", models.CharField(max_length=10, verbose_name="thuộc bộ")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="lần sửa")),
            ],
            options={
                "verbose_name": "bộ quy tắc",
                "verbose_name_plural": "bộ quy tắc",
                "ordering": ["effective_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="rule_set_validity_order",
                    ),
                    models.UniqueConstraint(fields=("series", "version"), name="rule_set_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applies_from__isnull", True), ("version", 1)),
                            models.Q(("applies_from__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="rule_set_next_version_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="tên")),
                ("query", models.CharField(max_length=500, verbose_name="bộ lọc")),
                ("created_at", models.DateTimeField(verbose_name="lúc lưu")),
                ("is_default", models.BooleanField(default=False, verbose_name="mở đầu tiên")),
                (
                    "shared_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_filters",
                        to="accounts.unit",
                        verbose_name="dùng chung với đơn vị",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người dùng",
                    ),
                ),
            ],
            options={
                "verbose_name": "bộ lọc đã lưu",
                "verbose_name_plural": "bộ lọc đã lưu",
                "ordering": ["user_id", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "name"), name="saved_filter_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("user",), name="saved_filter_one_opens_first"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form_kind",
                    models.CharField(
                        choices=[
                            ("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
                            ("supplement_request", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
                            ("refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
                            ("apology_letter", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
                            ("extension_request", "Phiếu đề nghị gia hạn thời gian giải quyết"),
                            ("stop_notice", "Thông báo dừng giải quyết hồ sơ"),
                            ("control_sheet", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
                            ("register", "Sổ theo dõi hồ sơ"),
                            ("opinion_request", "Phiếu lấy ý kiến"),
                            ("residence_receipt", "Phiếu tiếp nhận hồ sơ và hẹn trả kết quả (cư trú)"),
                            ("residence_refusal", "Phiếu từ chối tiếp nhận, giải quyết hồ sơ (cư trú)"),
                        ],
                        max_length=20,
                        verbose_name="loại biểu mẫu",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("number", models.PositiveIntegerField(verbose_name="số")),
                ("issued_at", models.DateTimeField(verbose_name="lúc phát hành")),
                ("signer_name", models.CharField(blank=True, max_length=120, verbose_name="người ký")),
                ("signer_title", models.CharField(blank=True, max_length=120, verbose_name="chức danh người ký")),
                ("applicant_name", models.CharField(blank=True, max_length=250, verbose_name="tên người được cấp")),
                (
                    "applicant_address",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.slip.applicant_address", default="", verbose_name="địa chỉ"
                    ),
                ),
                (
                    "phone",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.slip.phone", default="", verbose_name="điện thoại"
                    ),
                ),
                ("request", models.CharField(blank=True, max_length=2000, verbose_name="nội dung yêu cầu")),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="ngày hẹn in trên phiếu")),
                ("contents", models.JSONField(blank=True, default=dict, verbose_name="nội dung khác")),
                ("intake_key", models.CharField(blank=True, max_length=80, verbose_name="khóa chống gửi trùng")),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người phát hành",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="citizens.person",
                        verbose_name="người được cấp",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedure",
                        verbose_name="thủ tục",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="dossiers.slip",
                        verbose_name="thay phiếu",
                    ),
                ),
                (
                    "ruleset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.ruleset",
                        verbose_name="bộ quy tắc",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="accounts.unit",
                        verbose_name="nơi phát hành",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiếu",
                "verbose_name_plural": "phiếu",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["unit", "-issued_at"], name="slip_by_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "form_kind", "year", "number"), name="slip_number_unique"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="slip_number_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dossier__isnull", False), models.Q(("applicant_name", ""), _negated=True), _connector="OR"
                        ),
                        name="slip_is_for_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("intake_key", ""), _negated=True),
                        fields=("issued_by", "intake_key"),
                        name="slip_intake_key_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpinionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField(verbose_name="nội dung lấy ý kiến")),
                ("asked_at", models.DateTimeField(verbose_name="lúc hỏi")),
                ("due_at", models.DateTimeField(verbose_name="hạn trả lời")),
                ("answer", models.TextField(blank=True, verbose_name="ý kiến")),
                ("agrees", models.BooleanField(blank=True, null=True, verbose_name="đồng ý")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc trả lời")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="thôi chờ lúc")),
                ("late_told_at", models.DateTimeField(blank=True, null=True, verbose_name="đã báo chậm lúc")),
                ("declined", models.BooleanField(default=False, verbose_name="từ chối cho ý kiến")),
                (
                    "late_minutes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="phút làm việc trả lời chậm"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người trả lời",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người hỏi",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions_asked",
                        to="accounts.unit",
                        verbose_name="nơi được hỏi",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="dossiers.slip",
                        verbose_name="phiếu lấy ý kiến",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần lấy ý kiến",
                "verbose_name_plural": "lần lấy ý kiến",
                "ordering": ["dossier_id", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True), ("closed_at__isnull", True)),
                        fields=["unit", "due_at"],
                        name="opinion_open_of_unit",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("asked_at"))), name="opinion_due_after_asked"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="opinion_answer_has_author",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True), ("closed_at__isnull", True)),
                        fields=("dossier", "unit"),
                        name="opinion_one_open_per_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agrees__isnull", True),
                                ("answered_at__isnull", True),
                                ("declined", False),
                                ("late_minutes__isnull", True),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("late_minutes__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                                models.Q(
                                    models.Q(("agrees__isnull", False), ("declined", False)),
                                    models.Q(("agrees__isnull", True), ("declined", True)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_answer_is_clear",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LossReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField(verbose_name="giấy tờ bị mất")),
                ("reason", models.CharField(max_length=1000, verbose_name="nguyên nhân")),
                ("remedy", models.CharField(max_length=1000, verbose_name="cách khắc phục")),
                ("cost_vnd", models.PositiveIntegerField(default=0, verbose_name="chi phí làm lại (đồng)")),
                ("reported_at", models.DateTimeField(verbose_name="lúc báo")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="losses",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người báo",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.slip",
                        verbose_name="thư xin lỗi",
                    ),
                ),
            ],
            options={
                "verbose_name": "báo mất giấy tờ",
                "verbose_name_plural": "báo mất giấy tờ",
                "ordering": ["dossier_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence_no", models.PositiveSmallIntegerField(default=1, verbose_name="lần")),
                ("reason", models.CharField(max_length=1000, verbose_name="lý do")),
                ("old_due_at", models.DateTimeField(verbose_name="hẹn cũ")),
                ("new_due_at", models.DateTimeField(verbose_name="hẹn mới")),
                ("is_late", models.BooleanField(default=False, verbose_name="ban hành sau thời điểm cho phép")),
                ("decided_at", models.DateTimeField(verbose_name="lúc ký")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ký",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.slip",
                        verbose_name="phiếu xin lỗi",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần hẹn lại",
                "verbose_name_plural": "lần hẹn lại",
                "ordering": ["dossier_id", "sequence_no"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "sequence_no"), name="extension_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("new_due_at__gt", models.F("old_due_at"))), name="extension_moves_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("field", "thông tin hồ sơ"), ("result", "kết quả")],
                        max_length=10,
                        verbose_name="sửa gì",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="mục")),
                (
                    "old_value",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.correction.old_value", default="", verbose_name="trước"
                    ),
                ),
                (
                    "new_value",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        blank=True, context="dossiers.correction.new_value", default="", verbose_name="sau"
                    ),
                ),
                (
                    "mistake_by",
                    models.CharField(
                        choices=[("agency", "cơ quan giải quyết"), ("applicant", "người nộp")],
                        max_length=10,
                        verbose_name="lỗi của",
                    ),
                ),
                ("reason", models.CharField(max_length=1000, verbose_name="lý do")),
                ("corrected_at", models.DateTimeField(verbose_name="lúc sửa")),
                (
                    "corrected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người sửa",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "new_result",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.resultfile",
                        verbose_name="kết quả mới",
                    ),
                ),
                (
                    "old_result",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.resultfile",
                        verbose_name="kết quả cũ",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.slip",
                        verbose_name="thư xin lỗi",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần đính chính",
                "verbose_name_plural": "lần đính chính",
                "ordering": ["dossier_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "result"), ("new_result__isnull", False)),
                            models.Q(("kind", "field"), ("new_result__isnull", True)),
                            _connector="OR",
                        ),
                        name="correction_result_has_new_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "result"), ("mistake_by", "agency"), _negated=True),
                            ("slip__isnull", False),
                            _connector="OR",
                        ),
                        name="correction_by_agency_has_apology",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlipLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("name", models.TextField(verbose_name="giấy tờ")),
                (
                    "fault",
                    models.CharField(
                        choices=[
                            ("missing", "chưa có"),
                            ("wrong", "nội dung chưa đúng"),
                            ("expired", "hết giá trị"),
                            ("unclear", "không đọc được"),
                            ("unsigned", "thiếu chữ ký, con dấu"),
                        ],
                        max_length=12,
                        verbose_name="vì sao cần",
                    ),
                ),
                ("fault_key", models.CharField(max_length=200, verbose_name="khóa giấy tờ và lý do")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="cần sửa, bổ sung gì")),
                ("originals", models.PositiveSmallIntegerField(default=0, verbose_name="bản chính")),
                ("certified", models.PositiveSmallIntegerField(default=0, verbose_name="bản chứng thực")),
                ("copies", models.PositiveSmallIntegerField(default=0, verbose_name="bản chụp")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc nhận đủ")),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.paperrequirement",
                        verbose_name="thành phần",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="dossiers.slip",
                        verbose_name="phiếu",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng của phiếu",
                "verbose_name_plural": "dòng của phiếu",
                "ordering": ["slip_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("slip", "position"), name="slip_line_position_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("dossier__isnull", False)),
                        fields=("dossier", "fault_key"),
                        name="slip_line_same_reason_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run_no", models.PositiveSmallIntegerField(verbose_name="lượt")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("receive", "Tiếp nhận"),
                            ("transfer", "Chuyển hồ sơ"),
                            ("examine", "Thẩm định"),
                            ("verify", "Thẩm tra, xác minh"),
                            ("sign", "Ký duyệt"),
                            ("record_result", "Ghi nhận kết quả"),
                            ("return_result", "Trả kết quả"),
                        ],
                        max_length=15,
                        verbose_name="loại việc",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "Công chức tiếp nhận"),
                            ("officer", "Cán bộ thụ lý"),
                            ("leader", "Lãnh đạo ký"),
                            ("one_stop_head", "Trưởng bộ phận Một cửa"),
                            ("catalogue_editor", "Biên tập thủ tục"),
                            ("district_manager", "Quản lý quận"),
                            ("inspector", "Kiểm tra công vụ"),
                            ("administrator", "Quản trị hệ thống"),
                        ],
                        max_length=20,
                        verbose_name="vai trò",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên bước")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "chờ nhận"),
                            ("working", "đang làm"),
                            ("done", "đã xong"),
                            ("sent_back", "bị trả lại"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("handed_at", models.DateTimeField(verbose_name="lúc giao")),
                ("starts_at", models.DateTimeField(verbose_name="tính giờ từ")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc nhận")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc xong")),
                ("step_due_at", models.DateTimeField(verbose_name="hạn của bước")),
                ("planned_minutes", models.PositiveIntegerField(verbose_name="phút làm việc theo quy trình")),
                (
                    "actual_minutes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="phút làm việc thực tế"),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="ghi chú")),
                ("branch", models.PositiveSmallIntegerField(default=0, verbose_name="nhánh")),
                ("late_note", models.CharField(blank=True, max_length=300, verbose_name="diễn giải chậm")),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("workload", "khối lượng hồ sơ lớn"),
                            ("other_unit", "chờ đơn vị phối hợp"),
                            ("complex", "vụ việc phức tạp"),
                            ("staff", "thiếu người, nghỉ phép"),
                            ("system", "sự cố phần mềm"),
                            ("applicant", "chờ người nộp"),
                            ("other", "lý do khác"),
                        ],
                        max_length=12,
                        verbose_name="lý do chậm",
                    ),
                ),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[("approve", "đề nghị chấp thuận"), ("refuse", "đề nghị từ chối")],
                        max_length=10,
                        verbose_name="đề xuất",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_runs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người làm",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="procedures.isostep",
                        verbose_name="bước",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_runs",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt thực hiện bước",
                "verbose_name_plural": "lượt thực hiện bước",
                "ordering": ["dossier_id", "run_no"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("branch__gt", 0), ("state__in", ["waiting", "working"])),
                        fields=["unit", "step_due_at"],
                        name="step_run_open_branch",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "run_no"), name="step_run_number_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True), ("finished_at__gte", models.F("handed_at")), _connector="OR"
                        ),
                        name="step_run_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state__in", ["done", "sent_back"])),
                            models.Q(("finished_at__isnull", True), ("state__in", ["waiting", "working"])),
                            _connector="OR",
                        ),
                        name="step_run_finished_has_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "working"])),
                        fields=("dossier", "branch"),
                        name="step_run_one_open_per_branch",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.TextField(verbose_name="nội dung xác minh")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="dự kiến ngày")),
                ("started_at", models.DateTimeField(verbose_name="lúc bắt đầu")),
                ("participants", models.CharField(blank=True, max_length=500, verbose_name="thành phần tham gia")),
                ("minutes", models.TextField(blank=True, verbose_name="biên bản")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc xong")),
                (
                    "actual_minutes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="phút làm việc thực tế"),
                ),
                ("confirmed", models.BooleanField(blank=True, null=True, verbose_name="đúng như hồ sơ")),
                (
                    "planned_minutes",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="phút làm việc dự kiến"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xác minh",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần xác minh",
                "verbose_name_plural": "lần xác minh",
                "ordering": ["dossier_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("dossier",),
                        name="verification_one_open_per_dossier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True), models.Q(("minutes", ""), _negated=True), _connector="OR"
                        ),
                        name="verification_ends_with_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("actual_minutes__isnull", True),
                                ("confirmed__isnull", True),
                                ("finished_at__isnull", True),
                            ),
                            models.Q(("actual_minutes__isnull", False), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="verification_end_is_measured",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WithdrawalRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="lúc đề nghị")),
                ("is_online", models.BooleanField(default=False, verbose_name="đề nghị trực tuyến")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="lý do")),
                ("accepted", models.BooleanField(blank=True, null=True, verbose_name="được chấp nhận")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="lúc quyết định")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="trả lời")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người quyết định",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="dossiers.dossier",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
            ],
            options={
                "verbose_name": "đề nghị rút hồ sơ",
                "verbose_name_plural": "đề nghị rút hồ sơ",
                "ordering": ["dossier_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("dossier",),
                        name="withdrawal_one_open_per_dossier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted__isnull", True), ("decided_at__isnull", True)),
                            models.Q(("accepted__isnull", False), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="withdrawal_decided_has_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bank_bin", models.CharField(max_length=6, verbose_name="mã ngân hàng (BIN)")),
                ("bank_name", models.CharField(max_length=120, verbose_name="tên ngân hàng")),
                (
                    "account_no",
                    haddong_portal.common.crypto.fields.EncryptedTextField(
                        context="dossiers.bankaccount.account_no", verbose_name="số tài khoản"
                    ),
                ),
                ("account_name", models.CharField(max_length=120, verbose_name="tên tài khoản")),
                ("valid_from", models.DateField(verbose_name="dùng từ")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_accounts",
                        to="accounts.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "tài khoản thu",
                "verbose_name_plural": "tài khoản thu",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "valid_from"), name="bank_account_start_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="bank_account_validity_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="ruleset",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="dossiers.ruleset",
                verbose_name="bộ quy tắc",
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="slip",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pauses",
                to="dossiers.slip",
                verbose_name="giấy tờ",
            ),
        ),
        migrations.RunSQL(EVENTS_FROZEN, EVENTS_FREE),
        migrations.RunSQL(DAYS_FROZEN, DAYS_FREE),
        migrations.RunSQL(BOOKS_FROZEN, BOOKS_FREE),
    ]
