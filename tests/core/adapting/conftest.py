from tests.core.batch.conftest import store

__all__ = ["store"]
