"""Starts the app. Loading it takes a second: Ctrl-C ends it then as it ends every program, without a trace."""

import signal

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the app's loop takes it over
    from ari_app.serve import main

    main()
