"""Fuzzing of inputs: nothing crashes, nothing hangs, and no forbidden channel is created."""
