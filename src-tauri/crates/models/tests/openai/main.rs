//! The OpenAI-shaped adapters against the fake provider, over real HTTP on loopback.

mod faults;
mod life;
mod requests;
mod support;
