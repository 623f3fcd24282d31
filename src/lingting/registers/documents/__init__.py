"""Documented information (成文信息): documents that are kept up to date, records that are kept, knowledge and access."""
