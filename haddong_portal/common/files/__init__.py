"""The one checker of every file that comes from outside (domain.md §7.2, §11.5).

`check.check_file` tells what a file is by its bytes and never raises because of them. What reads the bytes runs in a
process of its own with limits (`sandbox`, `inside/`), so that a parser that hangs, swells or dies is a refusal with a
code. This module imports nothing: the reading process passes through it.
"""
