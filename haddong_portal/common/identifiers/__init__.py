"""Numbers that name people: personal ID, old identity card, phone, and the QR code of the identity card."""
