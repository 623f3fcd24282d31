"""Small models (小模型): what an organisation trains on findings that its own people have reviewed."""
