"""What we offer (产品和服务): the offers, what is said about them outside, what follows after delivery."""
