"""`warmline container …`: named lists that options refer to."""

from warmline.cli.entity import commands

app = commands("container")
