"""Does it conform (符合性): each check asks who is in scope and who of them fails; verdicts, and what they rest on."""
