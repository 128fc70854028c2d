"""Makes the fixtures of the Hub known here."""

from tests.hub_fixtures import holding, hub

__all__ = ["holding", "hub"]
