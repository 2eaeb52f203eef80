"""A closed register is closed: the database forbids changing or deleting one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION register_book_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'register_book_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER register_book_append_only BEFORE UPDATE OR DELETE ON dossiers_registerbook
  FOR EACH ROW EXECUTE FUNCTION register_book_append_only();
"""
BACKWARD = """
DROP TRIGGER register_book_append_only ON dossiers_registerbook;
DROP FUNCTION register_book_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0014_signed_days_frozen")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
