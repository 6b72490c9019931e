"""Candidates in, the same ranked out: what speaks for each passage, weighed by a readable table."""
