//! Fakes, fixtures and builders for tests.

pub mod feed;
mod memory_meter;
mod memory_store;
pub mod provider;
mod studio;

pub use memory_store::MemoryStore;
pub use studio::{FakeClips, FakeImages, FakeMusic, FakeVoice};
