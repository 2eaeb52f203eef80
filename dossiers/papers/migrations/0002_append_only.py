"""Versions, uses and events of papers are written once: the database forbids changing or deleting a row.

One exception: erasing a paper empties what was read from its versions.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION papers_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION papers_version_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    OLD.text := ''::bytea;
    OLD.signature := '{}'::jsonb;
    IF OLD IS NOT DISTINCT FROM NEW THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER paper_version_append_only BEFORE UPDATE OR DELETE ON papers_paperversion
  FOR EACH ROW EXECUTE FUNCTION papers_version_append_only();
CREATE TRIGGER paper_use_append_only BEFORE UPDATE OR DELETE ON papers_paperuse
  FOR EACH ROW EXECUTE FUNCTION papers_append_only();
CREATE TRIGGER paper_event_append_only BEFORE UPDATE OR DELETE ON papers_paperevent
  FOR EACH ROW EXECUTE FUNCTION papers_append_only();
"""
BACKWARD = """
DROP TRIGGER paper_version_append_only ON papers_paperversion;
DROP TRIGGER paper_use_append_only ON papers_paperuse;
DROP TRIGGER paper_event_append_only ON papers_paperevent;
DROP FUNCTION papers_version_append_only();
DROP FUNCTION papers_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
