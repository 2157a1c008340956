"""`warmline disposition …`: a code for what came of a call."""

from cli.entity import commands

app = commands("disposition")
