import sys

import pytest

from core import paths
from core.errors import VisageError


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows folders without a home")
def test_whoever_has_no_home_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def know_nobody(user: int) -> None:
        raise KeyError(user)

    monkeypatch.setattr(pwd, "getpwuid", know_nobody)
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    for folder in (paths.data_dir, paths.log_dir, paths.cache_dir):
        with pytest.raises(VisageError, match="home"):
            folder()
