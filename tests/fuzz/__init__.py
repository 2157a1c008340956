"""Fuzzing: whatever comes in by a door, nothing crashes, nothing hangs, and no channel is made that is forbidden.

`python -m tests.fuzz --minutes N` searches for as long as it is told to, `test_entry_points.py` for a moment.
"""
