"""The wording of every error, problem, finding and log line: a golden file for each surface, and helpers for tests.

Tests assert codes and fields; only the golden files assert words. `python -m tests.wording` writes the files again.
"""
