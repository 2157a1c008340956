"""Kills the app at every turn of random scenes beside a faulty disk: python -m tests.durability SCENES [FIRST SEED]."""

import logging
import sys

from tests.durability.soak import play_all

if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    scenes, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    sys.exit(play_all(range(first, first + scenes)))
