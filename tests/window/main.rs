//! The journey through the real window.
fn main() {}
