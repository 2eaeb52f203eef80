"""A signed day is signed: the database changes neither its sheet nor the receipts tied to it."""

from django.db import migrations

FORWARD = """
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
BACKWARD = """
DROP TRIGGER payment_of_closed_day ON dossiers_payment;
DROP FUNCTION payment_of_closed_day();
DROP TRIGGER day_end_append_only ON dossiers_dayend;
DROP FUNCTION day_end_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_payment_waits")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
