"""`warmline agent …`: a person who takes calls."""

from warmline.cli import agent_orders
from warmline.cli.agent_status import status
from warmline.cli.entity import commands

app = commands("agent")
app.command(epilog="Example: warmline agent status 1000")(status)
for name in agent_orders.ORDERS:
    agent_orders.add(app, name)
