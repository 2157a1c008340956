"""Fuzzing of all inputs: nothing crashes, nothing hangs, and no forbidden channel is created.

`python -m tests.fuzz --minutes N` searches for that time, `test_entry_points.py` briefly.
"""
