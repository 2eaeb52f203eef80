"""Papers of the catalogue: posters with the QR code of a procedure, a unit's list, a counter."""
