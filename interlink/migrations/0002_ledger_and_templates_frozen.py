"""A case's events are its story, and a published template is what people were promised: the database keeps both."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION case_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'case_event_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE ON interlink_caseevent
  FOR EACH ROW EXECUTE FUNCTION case_event_append_only();
CREATE FUNCTION group_version_published_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.state <> 'draft' THEN
    OLD.state := NEW.state;
    OLD.effective_to := NEW.effective_to;
    IF OLD IS NOT DISTINCT FROM NEW THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'group_version_published_frozen' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER group_version_published_frozen BEFORE UPDATE OR DELETE ON interlink_groupversion
  FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION group_version_published_frozen();
"""
BACKWARD = """
DROP TRIGGER group_version_published_frozen ON interlink_groupversion;
DROP FUNCTION group_version_published_frozen();
DROP TRIGGER case_event_append_only ON interlink_caseevent;
DROP FUNCTION case_event_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("interlink", "0001_cases_legs_and_messages")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
