"""The API (接口): the same queries and actions as the pages, for programs."""
