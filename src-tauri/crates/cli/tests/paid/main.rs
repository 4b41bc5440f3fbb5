//! The program with models that cost money: a fake provider over HTTP, real agents, the real binary.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod faults;
mod kills;
mod studio;
mod words;
