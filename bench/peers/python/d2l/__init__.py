"""Stands in for the textbook's package, which pins years-old versions of what it needs."""
