"""`warmline container …`: named lists that options refer to."""

from cli.entities.entity import commands

app = commands("container")
