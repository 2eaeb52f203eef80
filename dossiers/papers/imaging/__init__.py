"""Pictures of pages: measured, trimmed, put together, read. No database; programs run as processes of their own."""
