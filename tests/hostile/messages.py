"""Mutated messages to the socket of an open window."""

import logging
import os
import socket
import time
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QMetaObject, Qt, QTimer

from gui.app import make_application
from gui.start.open_request import OpenRequest
from gui.start.single_instance import SingleInstance
from tests.hostile.mutation import mutated

ANSWER_S = 10


def send_mutated_messages(folder: str, first: int, count: int) -> None:
    """Send messages to a first start; prints how many it took, refused, and its longest pause.

    Raises:
        AssertionError: if it takes what is no request.
    """
    logging.disable(logging.CRITICAL)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application(["hostile"])
    instance = SingleInstance(Path(folder), app)
    assert instance.is_first()
    instance.serve()
    taken: list[OpenRequest] = []
    instance.handed_over.connect(taken.append)
    pauses_s = [0.0]
    looks_s = [time.perf_counter()]

    def look() -> None:
        now_s = time.perf_counter()
        pauses_s.append(now_s - looks_s[-1])
        looks_s[-1] = now_s

    clock = QTimer(app, interval=5)
    clock.timeout.connect(look)
    clock.start()
    answers: list[bytes] = []

    def send_all() -> None:
        answers.extend(_answer(instance._name, number) for number in range(first, first + count))
        # Called here, `quit` would wait for the other thread, which waits for Python.
        QMetaObject.invokeMethod(app, "quit", Qt.ConnectionType.QueuedConnection)

    sender = Thread(target=send_all)
    sender.start()
    app.exec()
    sender.join()
    instance.close()
    assert len(answers) == count
    assert answers.count(b"taken\n") == len(taken)
    assert all(Path(path).is_absolute() for request in taken for path in request.paths)
    print(len(taken), count - len(taken), round(max(pauses_s), 3))


def _answer(place: str, number: int) -> bytes:
    """What comes back for one message; empty if the connection was closed."""
    seeds = {
        "paths": OpenRequest(("/photos/Ma démo ü", "/photos/b.jpg"), None, "token").to_text(),
        "source": OpenRequest(source="camera:0").to_text(),
    }
    _, message = mutated({name: text.encode() for name, text in seeds.items()}, number)
    with socket.socket(socket.AF_UNIX) as end:
        end.settimeout(ANSWER_S)
        end.connect(place)
        try:
            end.sendall(message + b"\n")
            return end.recv(100)
        except ConnectionError:
            return b""
