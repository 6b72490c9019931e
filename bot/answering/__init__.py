"""Query and hits in, answer out: evidence, judging, choosing, marking, context and suggestions."""
