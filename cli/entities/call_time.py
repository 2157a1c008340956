"""`warmline call-time …`: the hours in which a DID or an in-group is open."""

from cli.entities.entity import commands

app = commands("call-time")
