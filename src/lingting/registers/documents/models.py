"""What can happen in the register of documents (成文信息)."""
