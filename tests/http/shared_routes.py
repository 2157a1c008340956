"""The resources of the routes, made once for all applications of a process: that takes a fifth of a site's start."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any
from unittest.mock import patch

from aiohttp import web
from aiohttp.web_urldispatcher import UrlDispatcher

Handler = Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]
Place = tuple[str, str, tuple[tuple[str, Any], ...]]  # method, path, and options

HANDLERS = web.AppKey("handlers", list[Handler])  # of one application, in the order of its routes


@contextmanager
def shared_routes() -> Iterator[None]:
    """Let applications made in the block share the resources, and keep their own handlers."""
    with patch.object(web.Application, "add_routes", _add):
        yield


def _add(app: web.Application, routes: Sequence[web.RouteDef]) -> None:
    app[HANDLERS] = [route.handler for route in routes]
    made, own = _router(tuple(map(_place, routes))), app.router
    own._resources, own._named_resources = [*made._resources], {**made._named_resources}
    own._resource_index = {place: [*found] for place, found in made._resource_index.items()}


def _place(route: web.RouteDef) -> Place:
    return route.method, route.path, tuple(route.kwargs.items())


@cache
def _router(places: tuple[Place, ...]) -> UrlDispatcher:
    """Register the routes as an application does, each with a handler that finds that of its request's application."""
    router = UrlDispatcher()
    for number, (method, path, options) in enumerate(places):
        web.RouteDef(method, path, partial(_handle, number), dict(options)).register(router)
    return router


async def _handle(number: int, request: web.Request) -> web.StreamResponse:
    return await request.app[HANDLERS][number](request)
