"""`warmline script …`: what agents read to their customers."""

from warmline.cli.entity import commands

app = commands("script")
