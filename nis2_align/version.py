"""The version of the package; imports nothing, so that every floor may name it."""

__version__ = "0.1.0"
