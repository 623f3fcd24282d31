"""Orders (订单): enquiries, contracts and orders, every change of them, and what was shipped."""
