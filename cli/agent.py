"""`warmline agent …`: a person who takes calls."""

from warmline.cli.agent_status import status
from warmline.cli.entity import commands

app = commands("agent")
app.command(epilog="Example: warmline agent status 1000")(status)
