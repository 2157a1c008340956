"""`warmline did …`: a number that callers dial."""

from cli.entities.entity import commands

app = commands("did")
