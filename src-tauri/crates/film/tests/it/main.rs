//! The cut through its public face, with the real ffmpeg and drawn frames.

mod picture;
mod sound;
mod support;
mod trouble;
