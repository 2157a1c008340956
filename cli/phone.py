"""`warmline phone …`: a SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts."""

from warmline.cli.entity import commands

app = commands("phone")
