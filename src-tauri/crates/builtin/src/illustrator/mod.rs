//! The illustrator.
