"""The pages for those who lead: reports, and past calls."""
