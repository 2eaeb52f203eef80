"""Pure rules of papers: no Django, no database, no clock of their own."""
