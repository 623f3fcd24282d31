"""Mail (邮件): .eml files, mbox archives and mails from the wire, with the encodings and habits of Chinese mail programs."""
