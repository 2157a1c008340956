"""`warmline ingroup …`: an inbound queue with its rules."""

from cli.entity import commands

app = commands("ingroup")
