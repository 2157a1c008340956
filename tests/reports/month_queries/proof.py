"""An own query for every column of a report: facts of the month, and how they become a row."""

from typing import NamedTuple

# The wait that nine of ten offered calls did not exceed.
P90 = """SELECT key, min(waited) FROM (SELECT {key} AS key, waited,
    10 * row_number() OVER (PARTITION BY {key} ORDER BY waited) AS place,
    9 * count(*) OVER (PARTITION BY {key}) AS enough FROM fact WHERE offered) WHERE place >= enough GROUP BY key"""
# The last code of each agent for each call.
CODE = "SELECT call, agent, status, max(id) AS id FROM disposition_entry GROUP BY call, agent"
AGENT_NAME = """ifnull((SELECT iif(agent.full_name = '', ifnull(user.full_name, ''), agent.full_name) FROM agent
    LEFT JOIN user ON user.agent = agent.id WHERE agent.id = {}), '')"""
MARKED = "SELECT id FROM disposition WHERE {} = 'Y'"
SALE, CONTACT = MARKED.format("sale"), MARKED.format("customer_contact")


class Proof(NamedTuple):
    """The queries of a report.

    `facts` are statements that fill the temporary table `fact`. `key` is its expression for a row of the report, whose
    columns `keys` are equal in this order, with | between them. `figures` are aggregates of facts, in a row and in the
    total row. `texts` are expressions of a row that the total row lacks. `series` are statements for percentiles and
    for numbers by name, with the key in `{key}`. Their second column is the value, or the name before its number.
    `steps` is a statement that adds empty facts for rows without a call.
    """

    keys: tuple[str, ...]
    key: str
    facts: tuple[str, ...]
    figures: dict[str, str]
    texts: dict[str, str]
    series: dict[str, str] = {}  # noqa: RUF012 - never changed
    steps: str = ""

    @property
    def columns(self) -> set[str]:
        return {*self.figures, *self.texts, *self.series}


def sums(names: str) -> dict[str, str]:
    """Return the sum of each of these columns."""
    return {name: f"ifnull(sum({name}), 0)" for name in names.split()}


def quotient(above: str, below: str) -> str:
    """Return a quotient of sums, which is NULL if the lower one is not above 0. `-name` is subtracted."""
    top, bottom = (" + ".join(f"ifnull(sum({name}), 0)" for name in names.split()) for names in (above, below))
    return f"1.0 * ({top}) / nullif(max({bottom}, 0), 0)"


WORK = "talk hold dead wrap_up"
HANDLING = {"handling": quotient(WORK, "handled")}
CONVERSION = {"conversion": quotient("sales", "contacts")}
# The time of agents in each part of a call, by their state.
SPENT = """sum((state = 'INCALL' AND hold = 0) * length) AS talk, sum((hold = 1) * length) AS hold,
    sum((state = 'DEAD') * length) AS dead, sum((state = 'DISPO') * length) AS wrap_up"""
