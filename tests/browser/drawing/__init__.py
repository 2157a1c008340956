"""Cheap drawn pages: one window for all tests, and one file with all modules of a page."""
