"""Lingting 聆听 hears every conversation, keeps every promise and shows how an organisation stands with ISO 9001:2015."""

__version__ = "0.1.0"
