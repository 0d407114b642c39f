//! Words and formats: what is printed, and in which file format.


