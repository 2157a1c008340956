"""The database of a server from which those of tests are made."""

from tools.simulation.postgresql.cluster import DatabaseServer
from warmline.store.database.database import FINGERPRINT
from warmline.store.postgresql.schema import schema

TEMPLATE = "warmline_template"


def make_template(server: DatabaseServer) -> None:
    """Create a database with the schema and its fixed rows."""
    server.run(f"CREATE DATABASE {TEMPLATE}")
    statements = *schema().statements, f"INSERT INTO meta VALUES ('fingerprint', '{FINGERPRINT}')"  # noqa: S608
    server.run(";\n".join(one.rstrip(";\n") for one in statements), TEMPLATE)
