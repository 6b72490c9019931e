"""An answer in, what every door shows of it out: predictions, citations, lines for a terminal."""
