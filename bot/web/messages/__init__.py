"""An answer in, the exact HTML of a chat message out."""
