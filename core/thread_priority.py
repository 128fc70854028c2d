"""Lets a thread and those that it starts stand back behind the window's."""

import os
import sys
import threading
from contextlib import suppress

_NICENESS = 10
_BELOW_NORMAL = -1
_TURN_S = 0.001


def lower_priority() -> None:
    """Give this thread less of the processors where others want them, too.

    On Linux, threads that it starts later inherit that, those of libraries among them; on Windows
    it holds for this thread alone. Elsewhere the system's priorities stay as they are.

    Python's threads, all of them, then take shorter turns: the window's waits for one at many of
    its calls into Qt.
    """
    sys.setswitchinterval(_TURN_S)
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    elif sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL)
