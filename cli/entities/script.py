"""`warmline script …`: what agents read to their customers."""

from cli.entities.entity import commands

app = commands("script")
