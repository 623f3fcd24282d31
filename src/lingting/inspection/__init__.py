"""What was said (质检): pure Python that listens to a transcript and returns quoted findings; no framework, no network, no clock."""
