"""`warmline ingroup …`: an inbound queue with its rules."""

from warmline.cli.entity import commands

app = commands("ingroup")
