"""The same over many articles."""
