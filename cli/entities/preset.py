"""`warmline preset …`: numbers that a toolbar offers a campaign's agents for transfers."""

from cli.entities.entity import commands

app = commands("preset")
