"""A file in, a document out: a module per format, and what the formats share."""
