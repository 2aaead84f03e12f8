"""Judges of what readers get: HTML, mail programs, accessibility, spam filters, sizes, feeds, books, and its cost."""
