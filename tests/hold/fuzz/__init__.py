"""Made-up input for everything that reads input: python -m tests.hold.fuzz --cases 1000000."""
