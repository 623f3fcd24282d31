"""Papers (纸面文件): the words of a document as a file holds them, never its macros, pictures or links."""
