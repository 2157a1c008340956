"""The agent API at /agc/api.php: VICIdial's functions and texts on one side, core commands on the other.

`parameters` reads the request, `fields` filters it, `envelope` holds the order of checks, `functions` one row per
function. All of that is pure; `door` is the one file that waits for the password check and the switchboard.
"""
