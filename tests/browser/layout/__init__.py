"""The layout of the pages at each size of the window and in each scheme of colours."""
