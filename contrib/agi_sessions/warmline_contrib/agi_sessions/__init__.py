"""Recorded sessions of AGI scripts: their file, their masks, and the programs that record and play them."""
