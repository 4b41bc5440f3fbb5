//! The crew: one file an agent, each needs → gives.
//!
//! This room knows which agent reads what of which result, and turns a brief into the graph that makes its film. It
//! must not talk to the person, keep anything or decide about money. An agent's view is the small struct it really
//! reads; nothing else may change its result.

mod agent;
mod camera_images;
mod character_extractor;
mod character_portraits;
mod crew;
mod documents;
mod graph;
mod music;
mod post_processor;
mod scene_extractor;
mod scene_images;
mod screenwriter;
mod segments;
mod storyboard_artist;
mod style_determiner;
mod timeline;
mod video_coordinator;
mod voice;

pub use crew::{Crew, FilmFormat, Grade};
pub use documents::{FilmFacts, SpokenLine};
pub use graph::film_graph;

/// The resource every local task holds a part of: one unit is one core.
pub const CORES: engine::Resource = engine::Resource("cores");
