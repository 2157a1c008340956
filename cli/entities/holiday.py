"""`warmline holiday …`: days on which call times are other ones."""

from cli.entities.entity import commands

app = commands("holiday")
