"""What can happen in the register of offerings (产品和服务)."""
