"""A question and its conversation in, a Query out: what is asked, of what, in the sources' words."""
