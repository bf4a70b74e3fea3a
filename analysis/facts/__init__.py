"""What we hold true: claims -> facts, dissent, deals, measures."""
