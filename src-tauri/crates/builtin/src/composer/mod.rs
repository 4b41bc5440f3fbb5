//! The composer: a score for a film, played by synthesised instruments.
//!
//! This module owns the music from the order (moods over time, length, seed) to the finished sound. It must not look
//! at anything but the order: the same order gives the same score. One file a step: `style` says how a mood sounds,
//! `plan` lays out bars and chords, `melody` and `arrange` write the notes, `instruments` play them, `reverb` is the
//! room, `loudness` and `master` bring the sum to level.

mod arrange;
mod instruments;
mod loudness;
mod master;
mod melody;
mod plan;
mod reverb;
mod style;

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use async_trait::async_trait;
use models::{Failure, FailureKind, Job, ModelIdentity, MusicModel, MusicRequest};
use story::ScoreSheet;

use instruments::Player;
use master::Master;
pub(crate) use master::wav_header;
use reverb::Reverb;

/// Rises when the same order would give another score; part of every score's key.
const VERSION: &str = "1";
/// The rate of every score, in hertz.
const RATE: u32 = 48_000;
/// How much is played at a time: 50 ms. Memory does not grow with the film.
const BLOCK: usize = 2_400;

/// Plays scores. Holds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Composer;

#[async_trait]
impl MusicModel for Composer {
    fn identity(&self) -> ModelIdentity {
        ModelIdentity { provider: "builtin".into(), model: "composer".into(), version: VERSION.into() }
    }

    async fn compose(&self, request: MusicRequest, job: Job, out: &Path) -> Result<(), Failure> {
        job.check()?;
        let path = out.to_owned();
        tokio::task::spawn_blocking(move || {
            let unwritten = |e: io::Error| {
                Failure::new(FailureKind::Local, format!("{} cannot be written: {e}", path.display()))
                    .hint("Free some space on the disk and try again.")
            };
            let file = File::options().read(true).write(true).create(true).truncate(true).open(&path);
            play(&request, &job, file.map_err(unwritten)?).map_err(|stop| match stop {
                Stop::Disk(error) => unwritten(error),
                Stop::Told(failure) => failure,
            })
        })
        .await
        .map_err(|e| Failure::new(FailureKind::Local, format!("the composer stopped: {e}")))?
    }
}

/// Why a score was not played to its end.
#[derive(Debug)]
enum Stop {
    Disk(io::Error),
    Told(Failure),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Told(failure)
    }
}

/// Writes the score and plays it, block by block, into a WAV of exactly the length asked for.
fn play(sheet: &ScoreSheet, job: &Job, out: impl Read + Write + Seek) -> Result<(), Stop> {
    let plan = plan::lay_out(sheet);
    let notes = arrange::write(sheet, &plan);
    let frames = sheet.duration_ms as usize * (RATE as usize / 1000);
    let mut player = Player::new(notes, sheet.seed);
    let mut reverb = Reverb::new(plan.style.room);
    let mut master = Master::new(frames, plan.end, out)?;
    let mut bus = Bus::default();
    for start in (0..frames).step_by(BLOCK) {
        job.check()?;
        bus.clear(BLOCK.min(frames - start));
        player.play(start, &mut bus);
        reverb.add(&mut bus);
        master.push(&bus)?;
        job.progress(0.95 * start as f32 / frames as f32);
    }
    master.finish(job)?;
    job.progress(1.0);
    Ok(())
}

/// A block of sound on its way to the master: left and right, and what goes to the room.
#[derive(Debug, Default)]
struct Bus {
    left: Vec<f32>,
    right: Vec<f32>,
    room_left: Vec<f32>,
    room_right: Vec<f32>,
}

impl Bus {
    fn clear(&mut self, frames: usize) {
        for lane in [&mut self.left, &mut self.right, &mut self.room_left, &mut self.room_right] {
            lane.clear();
            lane.resize(frames, 0.0);
        }
    }

    fn len(&self) -> usize {
        self.left.len()
    }
}

#[cfg(test)]
mod tests;
