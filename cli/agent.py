"""`warmline agent …`: a person who takes calls."""

from warmline.cli.entity import commands

app = commands("agent")
