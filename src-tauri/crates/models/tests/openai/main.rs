//! The OpenAI-shaped adapters against the fake provider, over real HTTP on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod faults;
mod life;
mod requests;
mod support;
