"""The workspace with users, over plain HTTP of this machine."""

from tests.http.people.conftest import people as people
from tests.http.people.conftest import people_database as people_database
