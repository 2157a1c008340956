"""`warmline api-user …`: who may use the agent API."""

from warmline.cli.entity import commands

app = commands("api-user")
