"""The witness sees what it must see: a seal that is always whole would prove nothing."""

import sys
from pathlib import Path

import pytest

from tests.sealed.sealed_run import run_sealed, why_no_copy, why_not

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))

PHONE_HOME = """
import socket
with socket.create_connection(("telemetry.example.com", 443), timeout=5) as connection:
    connection.sendall(b"hello")
print("sent to", connection.family.name)
"""
TO_AN_ADDRESS = """
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("203.0.113.5", 4433))
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"hello", ("2001:db8::5", 123))
try:
    socket.create_connection(("203.0.113.7", 8080), timeout=5)
except ConnectionRefusedError:
    print("refused")
"""
LEAVE_FILES = """
import tempfile
from pathlib import Path
for name in (".local/share/Visage/jobs.sqlite", ".cache/Other/deviceid"):
    file = Path.home() / name
    file.parent.mkdir(parents=True)
    file.touch()
tempfile.mkstemp(prefix="left")
Path("core.1").touch()
"""
NO_PACKET = """
import socket
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as wire:
    wire.bind(("lo", 0))
    wire.send(bytes(12) + b"\\x08\\0" + b"\\x45")
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_name_is_answered_and_what_connects_to_it_is_seen(tmp_path: Path) -> None:
    sealed = run_sealed(python(PHONE_HOME), tmp_path)
    assert sealed.status == 0, sealed.output
    assert sealed.output.startswith("sent to AF_INET")
    assert set(sealed.names) == {"telemetry.example.com"}
    assert any(packet.endswith("port 443") for packet in sealed.packets)


def test_a_packet_to_any_address_and_port_is_seen_without_a_name(tmp_path: Path) -> None:
    sealed = run_sealed(python(TO_AN_ADDRESS), tmp_path)
    assert sealed.output == "refused\n"
    assert sealed.names == ()
    assert {
        "udp to 203.0.113.5 port 4433",
        "udp to 2001:db8::5 port 123",
        "tcp to 203.0.113.7 port 8080",
    } <= set(sealed.packets)


def test_names_are_answered_by_tcp_too(tmp_path: Path) -> None:
    sealed = run_sealed(python(PHONE_HOME), tmp_path, RES_OPTIONS="use-vc")
    assert sealed.status == 0, sealed.output
    assert "tcp to 127.0.0.1 port 53" in sealed.packets
    assert "udp to 127.0.0.1 port 53" not in sealed.packets
    assert set(sealed.names) == {"telemetry.example.com"}


def test_files_outside_of_visages_own_folders_are_seen(tmp_path: Path) -> None:
    sealed = run_sealed(python(LEAVE_FILES), tmp_path)
    assert [name for name in sealed.files if "left" not in name] == [
        "here/core.1",
        "home/.cache/Other/deviceid",
    ]
    assert len(sealed.files) == 3


@pytest.mark.skipif(why_no_copy() is not None, reason=str(why_no_copy()))
def test_what_is_changed_anywhere_is_seen_and_not_done(tmp_path: Path) -> None:
    kept, made, gone, folder = (tmp_path / name for name in ("kept", "made", "gone", "folder"))
    for path in (kept, gone):
        path.write_text("as it was")
    code = f"""
from pathlib import Path
Path("{made}").touch()
Path("{kept}").write_text("changed")
Path("{gone}").unlink()
Path("{folder}").mkdir()
Path("/dev/shm/left").touch()
Path("/etc/left").touch()
"""
    sealed = run_sealed(python(code), tmp_path / "sealed")
    assert sealed.status == 0, sealed.output
    places = {str(path) for path in (kept, made, gone, folder)}
    assert set(sealed.files) == places | {"/dev/shm/left", "/etc/left"}
    assert {path.name for path in tmp_path.iterdir()} == {"kept", "gone", "sealed"}
    assert kept.read_text() == "as it was"


def test_a_witness_that_does_not_understand_a_packet_says_so(tmp_path: Path) -> None:
    sealed = run_sealed(python(NO_PACKET), tmp_path)
    assert sealed.status == 70
    assert "The witness could not see all" in sealed.output


def test_programs_that_are_started_are_seen(tmp_path: Path) -> None:
    code = "import os, subprocess; subprocess.run(['true', 'x']); os.system('exit 0')"
    assert run_sealed(python(code), tmp_path).programs == ("true", "exit 0")


def test_what_keeps_to_itself_leaves_no_trace(tmp_path: Path) -> None:
    sealed = run_sealed(python("print('quiet')"), tmp_path)
    assert (sealed.status, sealed.output) == (0, "quiet\n")
    assert sealed.names == sealed.packets == sealed.programs == sealed.files == ()


def test_the_exit_status_of_the_command_is_told(tmp_path: Path) -> None:
    assert run_sealed(python("raise SystemExit(7)"), tmp_path).status == 7
