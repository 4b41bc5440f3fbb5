//! Taking a film and what it is made of out: pure functions of the documents and files of a project.
//!
//! Words and pages are made in memory ([`fountain`], [`script_text`], [`script_pdf`], [`storyboard_pdf`], [`shot_list`]);
//! sound and pictures by ffmpeg with progress and cancel ([`recut`], [`part`], [`animated`], [`sound_of`]). Everything
//! that lands on the disk is whole or not there, and never in the place of something that was there before, unless
//! that was said ([`Over`]).

mod fountain;
mod letters;
mod name;
mod page;
mod papers;
mod part;
mod put;
mod recut;
mod screenplay;
mod script_pdf;
mod shot_list;
mod sound_file;
mod stills;
mod storyboard_pdf;

pub use fountain::fountain;
pub use name::file_name;
pub use papers::Papers;
pub use part::{Part, animated, part};
pub use put::{Over, copy_new, write_new};
pub use recut::{Captions, Recut, RecutShot, recut};
pub use screenplay::script_text;
pub use script_pdf::script_pdf;
pub use shot_list::shot_list;
pub use sound_file::{SoundFormat, sound_of};
pub use stills::{picture, picture_folder, ratio_of};
pub use storyboard_pdf::storyboard_pdf;
