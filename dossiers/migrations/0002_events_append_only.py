"""A dossier's events are its story: the database forbids changing or deleting one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION dossier_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'dossier_event_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER dossier_event_append_only BEFORE UPDATE OR DELETE ON dossiers_dossierevent
  FOR EACH ROW EXECUTE FUNCTION dossier_event_append_only();
"""
BACKWARD = """
DROP TRIGGER dossier_event_append_only ON dossiers_dossierevent;
DROP FUNCTION dossier_event_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
