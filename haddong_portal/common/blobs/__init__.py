"""Private files at rest: sealed with keys that the database never holds, named by a keyed mark of their content.

The mark is the name, so the same content is stored once and a stored file cannot be taken for another. Nothing of a
file is readable without FIELD_ENCRYPTION_KEYS; without BLIND_INDEX_KEY nobody can even ask whether a file is there.
"""
