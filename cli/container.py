"""`warmline container …`: named lists that options refer to."""

from cli.entity import commands

app = commands("container")
