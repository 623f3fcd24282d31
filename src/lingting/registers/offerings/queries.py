"""What is true of offerings (产品和服务) as of a moment."""
