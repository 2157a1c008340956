"""`warmline ingroup …`: an inbound queue with its rules."""

from cli.entities.entity import commands

app = commands("ingroup")
