"""Makes the .deb out of the built folder, with all that puts Visage on a desktop."""

import gzip
import platform
import shutil
import subprocess
from pathlib import Path

from contents import APP_DIR, BUILD_DIR, DIST_DIR, ICONS_DIR, ROOT, version

LINUX = Path(__file__).parent / "linux"
TREE = BUILD_DIR / "debian"
HICOLOR_SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
DEPENDS = (
    f"libc6 (>= {platform.libc_ver()[1]})",
    *("libstdc++6", "libgcc-s1", "zlib1g", "libexpat1"),
    *("libgl1", "libegl1", "libgles2", "libglib2.0-0", "libdbus-1-3", "libgssapi-krb5-2"),
    *("libfontconfig1", "libfreetype6", "libzstd1", "libbrotli1", "libpng16-16"),
    *("libx11-6", "libx11-xcb1", "libxcb1", "libxkbcommon0", "libxkbcommon-x11-0"),
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render0", "libxcb-render-util0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1"),
    *("libxcb-xfixes0", "libxcb-xinerama0", "libxcb-xkb1", "libsm6", "libice6"),
    *("libwayland-client0", "libwayland-cursor0", "libwayland-egl1"),
)
"""What SYSTEM_LIBRARIES in contents.py leaves to the system."""

CONTROL = """\
Package: visage
Version: {version}
Architecture: {architecture}
Maintainer: The Visage authors <visage@localhost>
Installed-Size: {installed_kib}
Depends: {depends}
Recommends: xdg-desktop-portal, fonts-dejavu-core | fonts-noto-core
Section: graphics
Priority: optional
Description: estimate age and gender of faces, live or in photos
 Visage estimates the age and gender of every face that it sees: live from a camera or a video,
 and in photos. It runs on your own computer, without a graphics card, and nothing you show it ever
 leaves the machine.
"""


def make_deb() -> Path:
    """Build dist/visage_VERSION_ARCHITECTURE.deb from the folder APP_DIR."""
    shutil.rmtree(TREE, ignore_errors=True)
    _lay_out_app()
    _lay_out_desktop()
    _lay_out_documents()
    architecture = _output("dpkg", "--print-architecture")
    _write_control(architecture)
    deb = DIST_DIR / f"visage_{version()}_{architecture}.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(TREE), str(deb)]
    subprocess.run(build, check=True)
    return deb


def _lay_out_app() -> None:
    shutil.copytree(APP_DIR, TREE / "usr/lib/visage", symlinks=True)
    command = TREE / "usr/bin/visage"
    command.parent.mkdir(parents=True)
    command.symlink_to("../lib/visage/visage")


def _lay_out_desktop() -> None:
    share = TREE / "usr/share"
    _copy(LINUX / "visage.desktop", share / "applications/visage.desktop")
    _copy(LINUX / "visage.metainfo.xml", share / "metainfo/io.github.visage.Visage.metainfo.xml")
    for size_px in HICOLOR_SIZES_PX:
        folder = share / f"icons/hicolor/{size_px}x{size_px}/apps"
        _copy(ICONS_DIR / f"visage-{size_px}.png", folder / "visage.png")
    drawing = ROOT / "resources/icons/visage.svg"
    _copy(drawing, share / "icons/hicolor/scalable/apps/visage.svg")


def _lay_out_documents() -> None:
    folder = TREE / "usr/share/doc/visage"
    folder.mkdir(parents=True)
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("NOTICE", "LICENSE")]
    (folder / "copyright").write_text("\n".join(texts), encoding="utf-8")
    (folder / "THIRD-PARTY").symlink_to("../../../lib/visage/THIRD-PARTY")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))


def _write_control(architecture: str) -> None:
    size_bytes = sum(file.lstat().st_size for file in TREE.rglob("*"))
    control = TREE / "DEBIAN/control"
    control.parent.mkdir()
    control.write_text(
        CONTROL.format(
            version=version(),
            architecture=architecture,
            installed_kib=size_bytes // 1024,
            depends=", ".join(DEPENDS),
        )
    )
    _copy(LINUX / "postrm", TREE / "DEBIAN/postrm")
    (TREE / "DEBIAN/postrm").chmod(0o755)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
