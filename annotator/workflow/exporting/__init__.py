"""What leaves the project: which records, what is taken out of them, who makes them, and where they go."""
