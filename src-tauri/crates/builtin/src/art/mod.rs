//! The art.
