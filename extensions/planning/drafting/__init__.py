"""Drafts a plan from descriptions of a source."""
