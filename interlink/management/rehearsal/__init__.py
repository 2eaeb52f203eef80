"""A rehearsal of linked workflows: real cases through real processes that are killed on the way, then counted.

Runs in a folder of its own and never touches another portal. `manage.py rehearse_linked` starts it.
"""
