"""Digital signatures on PDF files (PAdES): sign, verify offline, keys and trusted roots from settings. No models.

`sign_pdf` adds a signature as an incremental update and never rewrites a file; `verify_pdf` tells per signature
whether it is intact, whose it is, from when, and what it does not cover.
"""
