"""Search engines behind one protocol; `bm25` is the one in memory."""
