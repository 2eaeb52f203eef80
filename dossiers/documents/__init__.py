"""Papers of a dossier: typed data in, PDF out."""
