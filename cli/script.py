"""`warmline script …`: what agents read to their customers."""

from cli.entity import commands

app = commands("script")
