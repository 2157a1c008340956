"""Rows of another system: leads, numbers, callbacks and past calls, which an import brings and can take back."""
