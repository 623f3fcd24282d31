"""Conversations (对话): what was said between the organisation and its customers, and what was heard in it."""
