"""Official papers as PDF/A-2b, set by Typst from a template and data."""
