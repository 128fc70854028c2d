"""The whole way to each published model, a file a model, that one command goes."""
