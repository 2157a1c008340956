"""The package of pyst2, with its modules for scripts: `agi` and `agitb`."""
