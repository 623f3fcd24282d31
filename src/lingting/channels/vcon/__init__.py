"""vCon: the IETF's container for conversations; drafts from 0.0.1 to today are read leniently, the current one is written strictly."""
