"""The evaluators' page: sets, runs, misses beside their gold, comparisons, judgements from the chat."""
