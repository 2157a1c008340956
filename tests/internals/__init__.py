"""What kept suites need of internals, a module for each suite: see tests/KEPT.md."""
