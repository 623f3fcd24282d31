"""What is true of documents (成文信息) as of a moment."""
