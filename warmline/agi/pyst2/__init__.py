"""The package `asterisk`, for a machine without pyst2: the launcher adds this folder to Python's path, last."""
