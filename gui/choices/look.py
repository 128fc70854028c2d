"""How the window looks, as far as the user chooses it."""

from dataclasses import dataclass, field

from core.label_contents import LabelContents
from gui.theme import ColourScheme


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, and what stands beside a face."""

    colour_scheme: ColourScheme = ColourScheme.SYSTEM
    label_contents: LabelContents = field(default_factory=LabelContents)
