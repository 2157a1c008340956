"""The agent API at /agc/api.php: VICIdial's functions and texts on one side, core commands on the other.

In `requests`, `parameters` reads a request and `fields` filters it. `validation` has the order of the checks.
`functions` has one row per function, with a plan or an answer. All of these are pure. `endpoint` waits for the
password check, and `execution` for the switchboard.
"""
