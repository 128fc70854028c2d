"""What goes into the packaged app and what stays out, as data for the build, its tests and docs."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD_DIR = ROOT / "build"
DIST_DIR = ROOT / "dist"
APP_DIR = DIST_DIR / "visage"

ICONS_DIR = BUILD_DIR / "icons"
"""The icon in every size and format, as app_icons.py draws it."""

COLLECTED_FILE = BUILD_DIR / "collected.json"
"""What PyInstaller collected: `modules` by their top name, `system` files by their path, and how
many bytes of system files were left out, by the name of the reason."""

APP_ID = "io.github.visage.Visage"

RESOURCES = (
    "docs/user-guide*.md",
    "models/*/card.json",
    "models/*/model.onnx",
    "models/*/rehearsal.npz",
    "models/face_detector/*",
    "resources/icons/*.svg",
    "resources/sample/sample.*",
    "resources/style/*",
    "resources/translations/*",
)
"""Patterns of files that keep their place relative to the checkout."""

WHEEL_RESOURCES = (
    *RESOURCES,
    "models/age_cnn/model.keras",
    "models/gender_cnn/model.keras",
    "models/mobilenet_v2/model.keras",
    "models/visage/model.keras",
)
"""The same for the wheel, whose extra `gpu` runs the models with Keras."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is installed with Visage's packages and that the packaged app does without.

    Attributes:
        name: what it is, for the table in docs/packaging.md.
        reason: why nobody misses it.
        modules: Python modules that are not followed.
        files: patterns of collected files, as they would lie in the app's folder.
        kept: patterns of those among them that go in all the same.
    """

    name: str
    reason: str
    modules: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


LANGUAGES = tuple(
    file.stem.removeprefix("visage_") for file in ROOT.glob("resources/translations/*.qm")
)

SYSTEM_LIBRARIES = (
    *("libstdc++.so*", "libgcc_s.so*", "libexpat.so*", "libbsd.so*", "libmd.so*"),
    *("libfontconfig.so*", "libfreetype.so*", "libpng16.so*", "libbrotli*.so.1"),
    *("libICE.so*", "libSM.so*", "libX*.so*", "libxcb*.so*", "libxkbcommon*.so*"),
    *("libwayland-*.so*", "libdrm.so*", "libgbm.so*", "libEGL.so*", "libGL*.so*"),
    *("libglib-2.0.so*", "libgthread-2.0.so*", "libpcre2-8.so*", "libdbus-1.so*"),
    *("libsystemd.so*", "libgcrypt.so*", "libgpg-error.so*", "libcap.so*", "liblz4.so*"),
    *("libzstd.so*", "libgssapi_krb5.so*", "libkrb5*.so*", "libk5crypto.so*", "libcom_err.so*"),
    *("libkeyutils.so*", "libjpeg.so*"),
)

LEFT_OUT = (
    LeftOut(
        "TensorFlow, Keras and the training code",
        "the packaged app runs ONNX models; training needs a checkout",
        modules=("tensorflow", "keras", "training", "tf2onnx", "onnx", "h5py", "jax", "torch"),
    ),
    LeftOut(
        "EfficientNetB2, `efficientnet_b2`",
        "the largest model, and less exact than `visage`, which goes in; students have it in their "
        "checkout",
        files=("models/efficientnet_b2/card.json", "models/efficientnet_b2/model.onnx"),
    ),
    LeftOut(
        "ONNX Runtime's second library and its tools",
        "Python uses the first alone; the tools quantise and transform models",
        modules=(
            *("onnxruntime.tools", "onnxruntime.transformers", "onnxruntime.quantization"),
            *("onnxruntime.backend", "onnxruntime.datasets"),
        ),
        files=("onnxruntime/capi/libonnxruntime.so*", "onnxruntime/capi/libonnxruntime.*.dylib"),
    ),
    LeftOut(
        "Qt Quick, QML and Designer",
        "the window is made of widgets",
        modules=(
            *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtDesigner"),
            *("PySide6.QtQuickControls2", "PySide6.QtQuickTest", "PySide6.QtUiTools"),
        ),
        files=(
            "PySide6/Qt/lib/libQt6Qml*",
            "PySide6/Qt/lib/libQt6Quick*",
            "PySide6/Qt/lib/libQt6VirtualKeyboard*",
            "PySide6/Qt/plugins/platforminputcontexts/*virtualkeyboard*",
            "PySide6/Qt/qml/*",
            "PySide6/Qt6Q[mu]*.dll",
            "PySide6/Qt6VirtualKeyboard*.dll",
            "PySide6/opengl32sw.dll",
        ),
    ),
    LeftOut(
        "Qt plug-ins for kiosks, televisions and remote screens",
        "a desktop has X11 or Wayland",
        files=(
            "PySide6/Qt/lib/libQt6Eg[Ll]*",
            "PySide6/Qt/lib/libQt6EGL*",
            "PySide6/Qt/plugins/egldeviceintegrations/*",
            "PySide6/Qt/plugins/generic/*",
            "PySide6/Qt/plugins/platforms/*eglfs*",
            "PySide6/Qt/plugins/platforms/*linuxfb*",
            "PySide6/Qt/plugins/platforms/*minimal*",
            "PySide6/Qt/plugins/platforms/*vkkhrdisplay*",
            "PySide6/Qt/plugins/platforms/*vnc*",
        ),
    ),
    LeftOut(
        "Qt's GTK theme with all of GTK",
        "file dialogs come from the desktop portal, and the window has its own style",
        files=(
            "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
            *("libgtk-3.so*", "libgdk*.so*", "libatk*.so*", "libatspi*.so*", "libepoxy.so*"),
            *("libgio-2.0.so*", "libgmodule-2.0.so*", "libgobject-2.0.so*"),
            *("libpango*.so*", "libcairo*.so*", "libpixman-1.so*", "libharfbuzz.so*"),
            *("libfribidi.so*", "libthai.so*", "libdatrie.so*", "libgraphite2.so*"),
            *("libmount.so*", "libblkid.so*", "libselinux.so*"),
        ),
    ),
    LeftOut(
        "Qt's plug-ins for the network, and its databases",
        "a model is got by Python, and jobs are stored by it",
        modules=(
            *("PySide6.QtSql", "PySide6.QtTest", "PySide6.QtHelp", "PySide6.QtPrintSupport"),
            *("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtConcurrent"),
            "PySide6.QtXml",
        ),
        files=(
            "PySide6/Qt/plugins/networkinformation/*",
            "PySide6/Qt/plugins/sqldrivers/*",
            "PySide6/Qt/plugins/tls/*",
            "PySide6/plugins/networkinformation/*",
            "PySide6/plugins/sqldrivers/*",
            "PySide6/plugins/tls/*",
        ),
    ),
    LeftOut(
        "the Hub's second client, and its command line",
        "a model comes by plain HTTPS, and the window asks for it",
        modules=("hf_xet", "huggingface_hub.cli", "click"),
    ),
    LeftOut(
        "Qt's readers of picture formats",
        "Pillow reads photos; the window draws SVG, and writes JPEG and PNG",
        files=tuple(
            f"PySide6/{place}imageformats/*q{name}.*"
            for place in ("Qt/plugins/", "plugins/")
            for name in ("gif", "icns", "ico", "pdf", "tga", "tiff", "wbmp", "webp")
        ),
    ),
    LeftOut(
        "Qt's translations into other languages than the window's",
        "nobody can choose them",
        files=("PySide6/Qt/translations/*", "PySide6/translations/*"),
        kept=tuple(f"*/qtbase_{code}.qm" for code in LANGUAGES),
    ),
    LeftOut(
        "libraries that every Linux desktop has",
        "the .deb depends on them; an older copy of ours could break the system's graphics driver",
        files=SYSTEM_LIBRARIES,
    ),
    LeftOut(
        "NumPy's random numbers",
        "only training draws any",
        modules=("numpy.random",),
    ),
    LeftOut(
        "OpenCV's face cascades",
        "YuNet finds the faces",
        files=("cv2/data/*",),
    ),
    LeftOut(
        "Python's own windows, tests and installers",
        "nobody opens a second tool kit or installs into the app",
        modules=(
            *("tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "pydoc_data", "ensurepip"),
            *("pip", "setuptools", "pkg_resources", "distutils", "unittest", "doctest", "pdb"),
            *("pytest", "_pytest", "IPython", "mypy", "readline", "curses"),
        ),
    ),
)


def version() -> str:
    """The version of Visage, from pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def why_left_out(name: str) -> LeftOut | None:
    """What keeps a collected file out of the app; None if it goes in.

    Args:
        name: its place in the app's folder, with either kind of slash.
    """
    name = name.replace("\\", "/")
    return next(
        (one for one in LEFT_OUT if _fits(name, one.files) and not _fits(name, one.kept)), None
    )


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def excluded_modules() -> list[str]:
    """Every module that PyInstaller must not follow."""
    return [module for one in LEFT_OUT for module in one.modules]


def resource_files(patterns: Iterable[str] = RESOURCES) -> list[Path]:
    """The files that are carried as they are."""
    files = (file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file())
    return sorted(file for file in files if not why_left_out(str(file.relative_to(ROOT))))
