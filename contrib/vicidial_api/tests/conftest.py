"""A database with users, whose programs and roles ask each function."""

from tests.http.people.conftest import people_database  # noqa: F401 - pytest finds it here
