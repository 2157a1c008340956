"""The proofs of all reports, by their names and the values of their options."""

from tests.reports.month_queries import agents, calls, lost, results, transfers

PROOFS = {**calls.PROOFS, **agents.PROOFS, **transfers.PROOFS, **results.PROOFS, **lost.PROOFS}
