"""`warmline disposition …`: a code for what came of a call."""

from cli.entities.entity import commands

app = commands("disposition")
