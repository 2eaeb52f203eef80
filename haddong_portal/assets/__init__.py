"""Builds what the browser gets from npm packages: `python -m haddong_portal.assets [--install]`.

Nothing of a third party is committed; `static_vendor/vendor/` holds the copies and is served beside `static/`.
"""
