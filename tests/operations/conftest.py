"""A database with people, for the world of operations."""

from tests.http.people.conftest import people_database as people_database
