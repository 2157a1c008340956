"""The prose check: the rules of style that a program can judge, for every sentence that a reader of Warmline meets.

`python -m tests.tree.prose PATHS` prints the findings of files and folders; `tests/tree/test_prose.py` is the check.
"""
