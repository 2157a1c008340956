"""The agent API at /agc/api.php: VICIdial's functions and texts on one side, core commands on the other.

`parameters` reads the request, `fields` filters it, `envelope` holds the order of checks, `functions` one row per
function, each a plan or an answer. All of that is pure; `door` and `carry_out` wait for the password check and the
switchboard.
"""
