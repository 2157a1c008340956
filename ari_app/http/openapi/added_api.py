"""The routes of the JSON API that the packages of contrib add."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from ari_app.http.v1.api_route import ApiRoute
from warmline.system import contrib_table
from warmline.system.additions import load_additions


class AddedApi(NamedTuple):
    """The routes of a package, each with its `campaign_bound`, and the names of its shapes as in `schema_names`."""

    routes: tuple[ApiRoute, ...]
    schema_names: Mapping[Any, str]


@cache
def added_apis() -> tuple[AddedApi, ...]:
    """Load what the packages add."""
    return tuple(load_additions(contrib_table.API))
