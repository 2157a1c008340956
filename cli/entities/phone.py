"""`warmline phone …`: a SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts."""

from cli.entities.entity import commands

app = commands("phone")
