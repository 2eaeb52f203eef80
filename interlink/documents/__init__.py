"""Papers of a linked case: typed data in, PDF out."""
