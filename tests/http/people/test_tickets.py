"""Tickets: a browser's EventSource reads the streams without a header."""

from ari_app.http.server.stream_tickets import KEPT, LONGEST, UNUSED, StreamTickets
from tests.http.people.people_site import PeopleSite


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_ticket_reads_the_streams_in_place_of_a_token_and_nothing_else(people: PeopleSite) -> None:
    made = people.as_user("anna", "POST", "/tickets")
    assert (made.status, made.body["seconds"], len(made.body["ticket"])) == (201, 60, 43)
    ticket = made.body["ticket"]
    for path in ("/live?follow=false", "/events?follow=false&after=0"):
        told = people.ask("GET", f"{path}&ticket={ticket}", token="")
        assert told.status == 200 and '"1000"' in told.body, "again and again, as EventSource reconnects"
    assert people.ask("GET", f"/agents?ticket={ticket}", token="").status == 401
    assert people.ask("GET", "/live?follow=false&ticket=wrong", token="").status == 401
    assert people.ask("GET", f"/agents/1000?ticket={ticket}", token=ticket).status == 401, "it is no token"


def test_a_ticket_ends_with_its_session(people: PeopleSite) -> None:
    token = people.token_of("anna")
    ticket = people.ask("POST", "/tickets", token=token).body["ticket"]
    people.ask("DELETE", "/login", token=token)
    assert people.ask("GET", f"/live?follow=false&ticket={ticket}", token="").status == 401


def test_a_ticket_lasts_a_minute_after_each_use_and_twelve_hours_in_all() -> None:
    clock = Clock()
    tickets = StreamTickets(clock)
    ticket = tickets.make("token", "user:anna")
    while clock.now + UNUSED / 2 < LONGEST:
        clock.now += UNUSED / 2
        assert tickets.token_of(ticket) == "token"
    clock.now = LONGEST
    assert tickets.token_of(ticket) == ""
    unused = tickets.make("token", "user:anna")
    clock.now += UNUSED
    assert tickets.token_of(unused) == "" == tickets.token_of("unknown")


def test_a_client_that_makes_many_tickets_ends_only_its_own() -> None:
    tickets = StreamTickets(Clock())
    hers, unused, in_use = (tickets.make("token", client) for client in ("user:ben", "user:anna", "user:anna"))
    for _ in range(KEPT - 1):
        assert tickets.token_of(in_use) == "token"
        tickets.make("token", "user:anna")
    assert tickets.token_of(unused) == ""
    assert tickets.token_of(in_use) == tickets.token_of(hers) == "token"
