"""`warmline pause-code …`: a code for why an agent pauses."""

from warmline.cli.entity import commands

app = commands("pause-code")
