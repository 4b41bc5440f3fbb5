//! The cut through its public face, with the real ffmpeg and drawn frames.

// A test says what is wrong by panicking, in its helpers too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod files_out;
mod papers;
mod picture;
mod sound;
mod support;
mod trouble;
mod words_out;
