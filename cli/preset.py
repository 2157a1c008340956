"""`warmline preset …`: numbers that a campaign's agents are offered for transfers."""

from warmline.cli.entity import commands

app = commands("preset")
