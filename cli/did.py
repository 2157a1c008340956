"""`warmline did …`: a number that callers dial."""

from warmline.cli.entity import commands

app = commands("did")
