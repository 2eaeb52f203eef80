"""Pure rules of a dossier: no Django, no database, no clock of their own."""
