//! The engine seen from outside: orders go in, events and results come out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "these are tests")]

mod bench;
mod blocks;
mod calls;
mod carrying;
mod events;
mod faults;
mod forecasts;
mod graphs;
mod keys;
mod kills;
mod limits;
mod makespan;
mod money;
mod plans;
mod provider;
mod resources;
mod sharing;
mod sketch;
mod stage;
mod stops;
mod updates;
