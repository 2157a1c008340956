"""`warmline list …`: lists of leads."""

from cli.entity import commands

app = commands("list")
