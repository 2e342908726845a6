"""The laptops of a workspace, and what is believed of them."""
