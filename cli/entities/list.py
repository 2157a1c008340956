"""`warmline list …`: lists of leads."""

from cli.entities.entity import commands

app = commands("list")
