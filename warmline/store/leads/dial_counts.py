"""Counts the outside parties that agents dialled or previewed."""

from pathlib import Path

from warmline.store.database.reading import reading, rows

# A refused dial does not count. A number that was only shown counts once: in a preview, or in the reason of a refusal.
COUNT = """
    WITH lately AS (
        SELECT iif(kind = 'DIAL_NEXT' AND call = '', 'PREVIEW', kind) AS kind, number, cause, steps,
            ifnull(outcome, '') = 'refused' AS refused
        FROM receipt
        WHERE requested >= :since AND agent = :agent AND ingroup = ''
            AND kind IN ('DIAL', 'DIAL_WITH_CUSTOMER', 'PARK_CUSTOMER_DIAL', 'BLIND_TRANSFER', 'PREVIEW',
                'DIAL_NEXT')
    ), dialled AS (
        SELECT number, steps FROM lately WHERE kind <> 'PREVIEW' AND NOT refused
    )
    SELECT (SELECT count(*) FROM dialled) + (
        SELECT count(*) FROM dialled, json_each(dialled.steps) AS step WHERE step.value ->> 0 LIKE 'redirected to %'
    ) + (
        SELECT count(DISTINCT number) FROM lately
        WHERE (kind = 'PREVIEW' AND NOT refused OR number <> '' AND instr(cause, number) > 0)
            AND number <> :number AND number NOT IN (SELECT number FROM dialled)
    ) AS times
"""


def since(path: str | Path, agent: str, since: int, number: str = "") -> int:
    """Return how many outside parties an agent dialled or previewed since a time in microseconds UTC.

    A preview of `number`, which the agent is about to dial, does not count. Raises StoreError.
    """
    with reading(path) as db:
        [found] = rows(db, COUNT, agent=agent, since=since, number=number)
    return int(found["times"])
