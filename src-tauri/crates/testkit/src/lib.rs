//! Fakes, fixtures and builders for tests.

mod memory_store;

pub use memory_store::MemoryStore;
