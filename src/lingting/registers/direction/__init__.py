"""Direction (策划与领导): context, scope, policy, objectives, risks, figures and the decisions of management."""
