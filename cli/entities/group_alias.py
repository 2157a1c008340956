"""`warmline group-alias …`: caller ids that may be chosen for a third party by their name."""

from cli.entities.entity import commands

app = commands("group-alias")
