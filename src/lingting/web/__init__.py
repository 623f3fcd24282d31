"""The pages (网页): one function and one template a page."""
