"""What we do with orders (订单)."""
