"""Agreement from the database: first decisions read, measured facet by facet and span by span, and laid out."""
