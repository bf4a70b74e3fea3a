"""What was written: text -> claims."""
