"""Debian's Firefox, driven by Playwright."""
