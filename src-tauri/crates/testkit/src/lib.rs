//! Fakes, fixtures and builders for tests.
