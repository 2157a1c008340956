"""`warmline did …`: a number that callers dial."""

from cli.entity import commands

app = commands("did")
