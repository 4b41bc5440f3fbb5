//! The crew: one file an agent, each needs → gives.
//!
//! This room knows which agent reads what of which result, and turns somebody's wishes into the
//! graph that makes their film. It
//! must not talk to the person, keep anything or decide about money. An agent's view is the small struct it really
//! reads; nothing else may change its result.

mod agent;
mod brains;
mod bridge;
mod camera_images;
mod character_extractor;
mod character_portraits;
mod crew;
mod documents;
mod drawn_clip;
mod filmed_clip;
mod footage;
mod graph;
mod music;
mod pictures;
mod post_processor;
mod quotes;
mod references;
mod review;
mod revisions;
mod scene_extractor;
mod scene_images;
mod schema;
mod screenwriter;
mod segments;
mod slates;
mod sound;
mod storyboard_artist;
mod style_determiner;
mod thinking;
mod timeline;
mod video_coordinator;
mod voice;
mod wishes;
mod wording;

pub use crew::{Crew, FilmFormat, Grade, Remote};
pub use documents::{FilmFacts, Missing, MissingPart, SpokenLine};
pub use footage::Footage;
pub use graph::film_graph;
pub use wishes::Wishes;

/// The resource every local task holds a part of: one unit is one core.
pub const CORES: engine::Resource = engine::Resource("cores");
