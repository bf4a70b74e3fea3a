"""What we deliver: notebooks -> documents."""
