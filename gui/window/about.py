"""Says what Visage is."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from core.version import app_version
from gui.language.translation import marked, translate
from gui.messages.message_box import make_message_box

TEXT = marked(
    "About",
    """<h3>Visage {version}</h3>
<p>Estimates age and gender of every face, live or in photos. Everything happens on this
computer; no picture leaves it.</p>
<p>An estimate is a guess from looks. It can be wrong, and it says nothing about who somebody is:
do not decide about people with it.</p>
<p>Licence of the code: Apache-2.0. The weights of the models are for research and non-commercial
use. The file NOTICE names the work of others.</p>""",
)


def show_about(parent: QWidget, icon: QIcon) -> None:
    """Open the dialog; the window goes on."""
    box = make_message_box(parent, translate("About", "About Visage"))
    box.setIconPixmap(icon.pixmap(QSize(64, 64)))
    box.setText(translate("About", TEXT).format(version=app_version()))
    box.open()
