//! The crew through its public face: whole graphs with a studio of fakes, and what a change makes again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod films;
mod minds;
mod missing;
mod paid;
mod reviewing;
mod revising;
mod sound;
mod studio;
