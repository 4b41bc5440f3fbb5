//! The engine seen from outside: orders go in, events and results come out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "these are tests")]

mod bench;
mod carrying;
mod faults;
mod graphs;
mod keys;
mod plans;
mod resources;
mod sharing;
mod sketch;
mod stage;
mod stops;
