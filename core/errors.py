"""Expected trouble. `str(error)` is a sentence for the user: what happened, to what, what to do."""


class VisageError(Exception):
    """Trouble that a user can meet and understand; anything else is a bug."""


class SourceError(VisageError):
    """A camera, video or photo cannot be opened, or cannot be read any further."""


class SourceInterruptedError(SourceError):
    """A source lost its pictures for now and keeps trying: read again, and show the sentence."""


class PhotoError(SourceError):
    """A photo cannot be read."""


class ModelError(VisageError):
    """A model folder is missing, incomplete, tampered with, or cannot be run."""


class SettingsError(VisageError):
    """A setting has a value that makes no sense."""


class LearningError(VisageError):
    """Corrections cannot be learnt from."""


class DataError(VisageError):
    """Training data is missing or not what it should be."""


class ExportError(VisageError):
    """A result could not be written."""


class StoreError(VisageError):
    """The stored jobs cannot be read or written."""


class BoxError(VisageError):
    """A box that a person drew can be no face's."""


class DamagedStoreError(StoreError):
    """The stored jobs hold what Visage cannot have written; the text says how to save the rest."""
