"""A corpus in, what an operator should know of it out: what was read, what can be quoted, what to mend."""
