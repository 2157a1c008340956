"""The wording of every error, problem and reason: a golden file for each, and helpers for tests.

Tests assert codes and fields; only the golden files assert words. `python -m tests.wording` writes the files again.
"""
