"""Notices of before get their event (it was the rule), a key and the moment they were first due."""

import uuid

from django.db import migrations, models

FILL = """
    UPDATE notices_notice
    SET key = gen_random_uuid(),
        first_due_at = created_at,
        event = CASE WHEN rule IN ('dossier_received', 'result_ready', 'dossier_returned') THEN rule ELSE '' END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_calls_quiet_hours_and_portal_messages"),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="notice",
            name="first_due_at",
            field=models.DateTimeField(verbose_name="lần gửi đầu"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="khóa chống gửi trùng"),
        ),
    ]
