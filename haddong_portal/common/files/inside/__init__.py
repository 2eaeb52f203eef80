"""What runs in the reading process: it meets hostile bytes, so it imports no Django and opens no file or socket."""
