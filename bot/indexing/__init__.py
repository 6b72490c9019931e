"""The index of a folder on disk: made once, opened by memory map, kept up to what changes."""
