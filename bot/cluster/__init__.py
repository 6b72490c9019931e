"""Candidates from an OpenSearch cluster; their scores are worked out here."""
