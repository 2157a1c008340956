"""The driver of PostgreSQL. Without it, this import fails before a script has loaded anything else."""

import psycopg

__all__ = ["psycopg"]
