"""Runs a command where every name is answered and every address can be reached, and takes notes.

`python witness.py NOTES COMMAND...` belongs into a network and a mount namespace of its own, as
root of them: sealed_run.py makes both. A network that is not there would show nothing, because what
wants to phone home then fails silently. Here

* a name server says of every name that it is this computer;
* every address, whoever's it is, leads back to this computer, where the ports of the web listen;
* every packet is noted, to whatever port and in whatever protocol.
"""

import ipaddress
import json
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

NAME_PORT = 53
WEB_PORTS = (80, 443)
PROTOCOLS = {6: "tcp", 17: "udp"}

ALL_PROTOCOLS = 0x0003
LINK_HEADER_BYTES = 14
"""What precedes IP on the loopback interface: two addresses of 6 bytes, and a type."""

TYPE_A, TYPE_AAAA = 1, 28
THIS_COMPUTER = {TYPE_A: bytes([127, 0, 0, 1]), TYPE_AAAA: bytes(15) + b"\x01"}
"""Addresses by the type of record that is asked for (RFC 1035, RFC 3596)."""

NAME_HEADER_BYTES = 12
SETTINGS = {"resolv.conf": "nameserver 127.0.0.1\n", "nsswitch.conf": "hosts: files dns\n"}

BLIND = 70
"""The exit status where a part of this program failed."""

SETTLING_S = 0.3
"""What a command sends at its very end is noted after so long."""


def main() -> int:
    """Run the command and note what it asked for; its exit status."""
    notes_file, command = Path(sys.argv[1]), sys.argv[2:]
    lead_every_address_here()
    lead_every_name_here()
    names: list[str] = []
    packets: list[str] = []
    failures: list[str] = []
    threading.excepthook = lambda failure: failures.append(repr(failure.exc_value))
    in_background(answer_datagrams, listen(socket.SOCK_DGRAM, NAME_PORT), names)
    in_background(accept, listen(socket.SOCK_STREAM, NAME_PORT), answer_stream, names)
    for port in WEB_PORTS:
        in_background(accept, listen(socket.SOCK_STREAM, port), hang_up)
    in_background(watch, open_watch(), packets)
    status = subprocess.run(command, check=False).returncode
    time.sleep(SETTLING_S)
    notes_file.write_text(json.dumps({"names": names, "packets": packets}))
    if failures:
        print("The witness could not see all:", *failures, file=sys.stderr)
        return BLIND
    return status


def lead_every_address_here() -> None:
    run("ip", "link", "set", "lo", "up")
    run("ip", "route", "add", "local", "default", "dev", "lo")
    run("ip", "-6", "route", "add", "local", "default", "dev", "lo")


def lead_every_name_here() -> None:
    """Make the name server below the only one that is asked."""
    # Nor is a daemon asked outside the namespace: those are reached by sockets in /run.
    run("mount", "-t", "tmpfs", "tmpfs", "/run")
    for name, text in SETTINGS.items():
        source, target = Path("/run", name), Path("/etc", name).resolve()
        source.write_text(text)
        if target.is_relative_to("/run"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        elif target.exists():
            run("mount", "--bind", str(source), str(target))


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def in_background(function: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=function, args=arguments, daemon=True).start()


def listen(kind: socket.SocketKind, port: int) -> socket.socket:
    """A socket that takes IPv4 and IPv6."""
    listening = socket.socket(socket.AF_INET6, kind)
    listening.bind(("::", port))
    if kind is socket.SOCK_STREAM:
        listening.listen()
    return listening


def answer_datagrams(listening: socket.socket, names: list[str]) -> None:
    """Answer names that are asked by UDP, for ever."""
    while True:
        question, asker = listening.recvfrom(4096)
        listening.sendto(answer(question, names), asker)


def accept(listening: socket.socket, handle: Callable[..., None], *arguments: object) -> None:
    """Hand each connection to `handle` in a thread of its own, for ever."""
    while True:
        connection, _ = listening.accept()
        in_background(handle, connection, *arguments)


def answer_stream(connection: socket.socket, names: list[str]) -> None:
    """Answer names that are asked by TCP, several a connection."""
    with connection, connection.makefile("rb") as asked:
        while size := asked.read(2):
            told = answer(asked.read(*struct.unpack("!H", size)), names)
            connection.sendall(struct.pack("!H", len(told)) + told)


def hang_up(connection: socket.socket) -> None:
    """Take what a web client says first, and say nothing."""
    with connection, suppress(ConnectionError):
        connection.recv(4096)


def answer(question: bytes, names: list[str]) -> bytes:
    """What a name server says (RFC 1035, section 4): the name is this computer."""
    labels, at = [], NAME_HEADER_BYTES
    while size := question[at]:
        labels.append(question[at + 1 : at + 1 + size].decode("latin-1"))
        at += 1 + size
    (kind,) = struct.unpack_from("!H", question, at + 1)
    names.append(".".join(labels))
    address = THIS_COMPUTER.get(kind)
    # The answer's name is a pointer to the question's; it holds for no second.
    records = (
        struct.pack("!HHHIH", 0xC000 | NAME_HEADER_BYTES, kind, 1, 0, len(address)) + address
        if address
        else b""
    )
    header = question[:2] + struct.pack("!HHHHH", 0x8180, 1, bool(records), 0, 0)
    return header + question[NAME_HEADER_BYTES : at + 5] + records


def open_watch() -> socket.socket:
    """A socket that is given every packet of this namespace."""
    watching = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    watching.bind(("lo", 0))
    return watching


def watch(watching: socket.socket, packets: list[str]) -> None:
    """Note where every packet goes, for ever."""
    while True:
        packet, (_, _, direction, *_) = watching.recvfrom(65_536)
        if direction != socket.PACKET_OUTGOING:  # each passes twice: out and in
            packets.append(describe(packet[LINK_HEADER_BYTES:]))


def describe(packet: bytes) -> str:
    """Protocol, address and port that a packet goes to (RFC 791, RFC 8200)."""
    if packet[0] >> 4 == 4:
        number, address, ports_at = packet[9], packet[16:20], (packet[0] & 15) * 4
    else:
        number, address, ports_at = packet[6], packet[24:40], 40
    to = f"{PROTOCOLS.get(number, f'protocol {number}')} to {ipaddress.ip_address(address)}"
    if number not in PROTOCOLS:
        return to
    (port,) = struct.unpack_from("!H", packet, ports_at + 2)
    return f"{to} port {port}"


if __name__ == "__main__":
    sys.exit(main())
