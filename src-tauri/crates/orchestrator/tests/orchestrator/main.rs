//! Conversations and decisions through the public face, with a studio of fakes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod decisions;
mod dialogue;
mod dialogues;
mod money;
mod questions;
mod studio;
mod takes;
mod talk;
