"""How the window looks, as far as the user chooses it."""

from dataclasses import dataclass, field

from core.label_contents import LabelContents
from core.settings import SYSTEM_LANGUAGE
from gui.theme import ColourScheme


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, what stands beside a face, and the language of all words, as `speak` takes it."""

    colour_scheme: ColourScheme = ColourScheme.SYSTEM
    label_contents: LabelContents = field(default_factory=LabelContents)
    language: str = SYSTEM_LANGUAGE
