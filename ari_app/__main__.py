"""Start the app, or one part of it. Ctrl-C during the second of loading ends it without a traceback."""

import signal
import sys

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the supervisor or the part's event loop handles SIGINT later
    from ari_app.supervisor.start import main

    main(*sys.argv[1:])
