"""`warmline campaign …`: the rules an agent works under: recording, transfers, dialling."""

from cli.entities.entity import commands

app = commands("campaign")
