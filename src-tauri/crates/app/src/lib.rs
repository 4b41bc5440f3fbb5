//! The composition root: puts the rooms together from settings, and the words that any front end speaks.
//!
//! A front end holds one [`App`], sends it requests and listens to its events. Nothing in here draws a window or
//! prints a line.

mod app;
pub mod wire;

pub use app::{App, MediaFile};
