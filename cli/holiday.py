"""`warmline holiday …`: days on which call times are other ones."""

from warmline.cli.entity import commands

app = commands("holiday")
