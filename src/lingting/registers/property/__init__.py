"""Customer property (顾客财产): what belongs to customers while it is in our hands."""
