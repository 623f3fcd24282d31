"""Surveys (满意度调查): how customers are asked what they think, what they answer, and what is done with it."""
