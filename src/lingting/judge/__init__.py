"""The judge (语言模型评判, off by default): a language model behind an OpenAI-compatible address proposes findings; only words that stand there count."""
