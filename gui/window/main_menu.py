"""The menu bar."""

from PySide6.QtWidgets import QMenu, QMenuBar

from gui.language.translation import translate
from gui.window.actions import Actions


def fill_menu_bar(
    menu_bar: QMenuBar, actions: Actions, camera_menu: QMenu, batch_menu: QMenu, model_menu: QMenu
) -> None:
    """Every action under its heading."""
    file = menu_bar.addMenu(translate("MainMenu", "&File"))
    file.addActions([actions.open_files, actions.open_folder])
    file.addMenu(camera_menu)
    file.addAction(actions.open_sample)
    file.addSeparator()
    file.addActions([actions.earlier_batches, actions.show_batch])
    file.addSeparator()
    file.addActions([actions.save_picture, actions.copy_picture])
    file.addSeparator()
    file.addActions([actions.settings, actions.quit])
    view = menu_bar.addMenu(translate("MainMenu", "&View"))
    view.addActions([actions.zoom_in, actions.zoom_out, actions.zoom_fit])
    view.addSeparator()
    view.addActions([actions.mirror, actions.blur])
    view.addSeparator()
    view.addAction(actions.full_screen)
    playback = menu_bar.addMenu(translate("MainMenu", "&Playback"))
    playback.addActions([actions.pause, actions.stop])
    playback.addSeparator()
    playback.addActions([*actions.of_videos, actions.loop])
    playback.addSeparator()
    playback.addActions([actions.record])
    playback.addSeparator()
    playback.addActions([actions.previous, actions.next, actions.look_harder])
    menu_bar.addMenu(batch_menu)
    menu_bar.addMenu(model_menu)
    information = menu_bar.addMenu(translate("MainMenu", "&Help"))
    information.addActions([actions.guide, actions.keys])
    information.addSeparator()
    information.addActions([actions.model_card, actions.compare, actions.open_log])
    information.addSeparator()
    information.addAction(actions.about)
