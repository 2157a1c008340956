"""What makes a drawn page cheap: one window for all tests, and one file for all modules of a page."""
