import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from core import paths

COUNT_ARENAS = """
import ctypes, os, sys
from threading import Barrier, Thread
from core.heap import share_arenas

def take_memory():
    together.wait()
    libc.free(libc.malloc(100_000))
    together.wait()

libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
libc.free.argtypes = libc.fclose.argtypes = [ctypes.c_void_p]
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
if sys.argv[2] == "shared":
    share_arenas()
count = 4 * max(2, os.cpu_count() or 1)
together = Barrier(count)
threads = [Thread(target=take_memory) for _ in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
"""


def count_arenas(report: Path, mode: str) -> int:
    """How many arenas are made for many more threads than processors."""
    command = [sys.executable, "-c", COUNT_ARENAS, str(report), mode]
    subprocess.run(command, cwd=paths.install_dir(), check=True)
    return report.read_text().count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas of the GNU C library")
def test_threads_share_as_many_arenas_as_there_are_processors(tmp_path: Path) -> None:
    limit = max(2, os.cpu_count() or 1)
    assert count_arenas(tmp_path / "shared.xml", "shared") <= limit
    assert count_arenas(tmp_path / "own.xml", "own") > limit
