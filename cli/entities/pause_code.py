"""`warmline pause-code …`: a code for why an agent pauses."""

from cli.entities.entity import commands

app = commands("pause-code")
