"""Ends the process soon after the window was closed, whatever a library is still at."""

import logging
import os
import threading
from time import sleep

LIMIT_S = 1.5
"""A photo at hand cannot be broken off and may take longer; what is stored is safe all the same."""

logger = logging.getLogger(__name__)


def end_within(limit_s: float, status: int) -> None:
    """End the process with this exit status after so long, if it has not ended by itself."""

    def end() -> None:
        sleep(limit_s)
        logger.info("Visage ends while a photo is still being read; it is read at the next start.")
        logging.shutdown()
        os._exit(status)

    threading.Thread(target=end, name="quit limit", daemon=True).start()
