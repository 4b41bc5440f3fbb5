//! The cut: timeline → conform, captions, mix, encode, probe; and the files beside the film.
//!
//! This room turns shots, clips and sounds into a film with ffmpeg as a separate process. It lays the timeline out
//! ([`lay_out`]), brings every clip, filmed or drawn, to the film's shape with its captions ([`conform_shot`]), makes the
//! sound ([`mix`]), joins everything ([`cut`]) and looks at what came out ([`probe`]).
//! It must not know models, agents or projects: paths and plain data go in, files come out, whole or not at all.
//!
//! Every long call takes a cancel token and a progress function (0 to 1). A cancelled call ends its child process and
//! leaves no file behind.

mod captions;
mod conform;
mod cut;
mod draft;
mod ducking;
mod error;
pub mod export;
mod ffmpeg;
mod fonts;
mod frames;
mod layout;
mod limiter;
mod mix;
mod plate;
mod probe;
mod process;
mod rows;
mod segment;
mod slate;
mod sound;
mod stems;
mod subtitles;

pub use conform::{Footage, conform_shot};
pub use cut::{Chapter, CutOrder, cut};
pub use error::FilmError;
pub use ffmpeg::{CodecReport, Ffmpeg};
pub use fonts::letters_missing;
pub use frames::{Draw, FrameOrder, Open};
pub use layout::{Layout, LayoutLine, LayoutRequest, LayoutShot, Length, Voice, lay_out};
pub use mix::{LineSound, MixOrder, MixReport, mix};
pub use plate::{Plate, caption_plate, card_plate};
pub use probe::{AudioStream, Probe, VideoStream, play_through, probe, still};
pub use rows::caption_rows;
pub use segment::{Segment, SegmentCaption, SegmentCard};
pub use slate::slate;
pub use stems::STEM_NAMES;
pub use subtitles::{srt, vtt};

/// Told how far a long call is, from 0 to 1.
pub type Progress = dyn Fn(f32) + Send + Sync;
