"""Question sets in, figures out: what evaluators use, apart from what answers patients."""
