"""How the models that read customers' words are made and measured. The product never imports this package."""
