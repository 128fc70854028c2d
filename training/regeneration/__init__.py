"""The whole way to a model that has several stages, a file a model, that one command goes."""
