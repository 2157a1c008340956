"""Benchmarks of the workspace in a real browser, before a real Asterisk."""
