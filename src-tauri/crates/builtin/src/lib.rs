//! The built-in studio: the image, video, speech and music traits without network, and the rule-based writing.
//!
//! This room owns everything the app can make with nothing set up. It must not touch a project, the network or the
//! engine; all chance comes from a seed, so the same order gives the same film on every machine.

pub mod ambience;
pub mod animator;
pub mod art;
pub mod composer;
pub mod illustrator;
pub mod voice;
#[allow(dead_code)]
mod widest;
pub mod writer;
