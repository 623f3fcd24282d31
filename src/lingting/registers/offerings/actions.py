"""What we do with offerings (产品和服务)."""
