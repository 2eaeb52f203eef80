"""Encryption of personal identifiers at rest: a cipher, a blind index, and the two model fields that use them.

Keys come from the settings FIELD_ENCRYPTION_KEYS (first encrypts, all decrypt) and BLIND_INDEX_KEY; they live
outside the database, so a stolen dump shows neither a number nor a way to test one.
"""
