"""`warmline campaign …`: the rules an agent works under: recording, transfers, dialling."""

from warmline.cli.entity import commands

app = commands("campaign")
