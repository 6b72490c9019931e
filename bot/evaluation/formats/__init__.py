"""Files of questions in, entries out: a module per format."""
