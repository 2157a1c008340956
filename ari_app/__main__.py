"""Start the app. Ctrl-C during the second of loading ends it without a traceback."""

import signal

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the app's event loop handles SIGINT later
    from ari_app.serve import main

    main()
