"""The ways in (渠道): each folder turns the bytes of one kind of source into messages, and mistakes with a place and a remedy."""
