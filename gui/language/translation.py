"""What language the window speaks, and how its texts are marked and looked up: docs/adr/0016."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core import paths
from core.settings import SYSTEM_LANGUAGE
from gui.language.catalogue import ENGLISH, marked
from gui.language.core_sentence import translated

__all__ = ["language_name", "marked", "said", "speak", "translate"]

QT_TEXTS = (
    marked("QShortcut", "Return"),
    marked("QFileDialog", "&Look in:"),
    marked("QFileDialog", "Files of &type:"),
    marked("QAbstractFileIconProvider", "Folder"),
    marked("QAbstractFileIconProvider", "File Folder"),
    marked("QAbstractFileIconProvider", "Drive"),
    marked("QAbstractFileIconProvider", "Alias"),
    marked("QAbstractFileIconProvider", "Shortcut"),
    marked("QAbstractFileIconProvider", "Unknown"),
)
"""For the catalogue, which goes before Qt's own: what Qt's French lacks, and a key of which it says
what no keyboard says."""


def speak(language: str) -> None:
    """Let all texts from now on, and numbers and dates, be of a language; windows stay as they are.

    Args:
        language: one of `core.paths.languages()`, or SYSTEM_LANGUAGE.
    """
    app = QCoreApplication.instance()
    assert app is not None
    code = _system_code() if language == SYSTEM_LANGUAGE else language
    system = QLocale.system()
    QLocale.setDefault(system if _code_of(system.name()) == code else QLocale(code))
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, place in (("qtbase", qt_folder), ("visage", str(paths.translations_dir()))):
        translator = QTranslator(app)
        if translator.load(f"{name}_{code}", place):  # Qt's own English needs no catalogue
            app.installTranslator(translator)


def translate(context: str, text: str, comment: str = "") -> str:
    """A text outside of a QObject, which has `self.tr`."""
    return QCoreApplication.translate(context, text, comment)


def said(sentence: str) -> str:
    """What core says in English, in the language that the window speaks."""
    return translated(sentence, _code_of(QLocale().name()))


def language_name(code: str) -> str:
    """What a language calls itself, with a capital: a choice stands alone."""
    name = "English" if code == ENGLISH else QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:]


def _system_code() -> str:
    """The first of the desktop's languages that there is a catalogue of, else English."""
    wanted = map(_code_of, QLocale.system().uiLanguages())
    return next((code for code in wanted if code in paths.languages()), ENGLISH)


def _code_of(locale_name: str) -> str:
    """ "fr" of "fr_CA" and "fr-CA"."""
    return locale_name.replace("-", "_").split("_")[0]
