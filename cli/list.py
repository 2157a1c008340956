"""`warmline list …`: lists of leads."""

from warmline.cli.entity import commands

app = commands("list")
