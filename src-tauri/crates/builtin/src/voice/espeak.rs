//! Every language but Japanese through espeak-ng.
//!
//! The command gives no word times, so they are measured: the line is spoken with a long rest after each clause,
//! whose bounds are then exact; a second run speaks each unit with a rest after it, which tells how long each is; the
//! time of a clause is shared out by these lengths. So the bounds of clauses are exact and those of words a close
//! estimate. The rests are then shortened to natural ones.

use models::{Failure, Job};
use tokio::process::Command;

use super::{
    Raw, align,
    casting::Timbre,
    engine::Engine,
    process,
    text::{Spoken, Stop, Unit},
    wav,
};

/// The rest asked for and the silence that is taken for one, in seconds: longer than any closure inside a word.
const REST: &str = "<break time=\"900ms\"/>";
const REST_FOUND: f32 = 0.6;
/// Words a minute at natural pace.
const WORDS_A_MINUTE: f32 = 165.0;

pub(super) async fn speak(engine: &Engine, spoken: &Spoken, timbre: &Timbre, job: &Job) -> Result<Raw, Failure> {
    let clauses: Vec<&[Unit]> = spoken.clauses().collect();
    let parts: Vec<String> = clauses.iter().map(|c| spoken.write_out(c)).collect();
    let (samples, rate) = wav::read(&run(engine, timbre, spoken.len(), &parts.join(REST), job).await?)?;
    job.progress(0.4);
    let each: Vec<&str> = spoken.units.iter().map(|u| u.text.as_str()).collect();
    let (alone, alone_rate) = wav::read(&run(engine, timbre, spoken.len(), &each.join(REST), job).await?)?;

    let lengths: Vec<f32> = align::stretches(&alone, alone_rate, REST_FOUND).iter().map(|(s, e)| e - s).collect();
    let weights = if lengths.len() == spoken.units.len() { lengths } else { align::letters(&spoken.units) };
    Ok(join(spoken, &samples, rate, &weights))
}

async fn run(engine: &Engine, timbre: &Timbre, chars: usize, text: &str, job: &Job) -> Result<Vec<u8>, Failure> {
    let speed = (WORDS_A_MINUTE / timbre.engine_stretch()).clamp(80.0, 450.0);
    let mut command = Command::new(&engine.path);
    // -b 1: the text is UTF-8 whatever the locale says; -m: the rests are tags (the units hold no sign of a tag).
    command.args(["-b", "1", "-m", "-v", &timbre.voice, "-s", &format!("{speed:.0}"), "--stdin", "--stdout"]);
    process::run(command, text.as_bytes().to_vec(), process::limit(chars), job).await
}

/// Puts the clauses together again with natural rests, and places every unit.
fn join(spoken: &Spoken, samples: &[f32], rate: u32, weights: &[f32]) -> Raw {
    let found = align::stretches(samples, rate, REST_FOUND);
    if found.len() != spoken.clauses().count() {
        let whole = (0.0, samples.len() as f32 / rate as f32);
        return Raw { samples: samples.to_vec(), rate, units: align::by_weight(samples, rate, whole, weights) };
    }
    let mut raw = Raw { samples: Vec::new(), rate, units: Vec::new() };
    for (clause, bounds) in spoken.clauses().zip(found) {
        let done = raw.units.len();
        let shift = raw.samples.len() as f32 / rate as f32 - bounds.0;
        let placed = align::by_weight(samples, rate, bounds, &weights[done..done + clause.len()]);
        raw.units.extend(placed.into_iter().map(|(s, e)| (s + shift, e + shift)));
        let at = |seconds: f32| ((seconds * rate as f32) as usize).min(samples.len());
        raw.samples.extend_from_slice(&samples[at(bounds.0)..at(bounds.1)]);
        let rest = match clause.last().map(|u| u.stop) {
            Some(Stop::Comma) => 0.2,
            _ => 0.42,
        };
        raw.samples.resize(raw.samples.len() + (rest * rate as f32) as usize, 0.0);
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::text::normalise;
    use story::Language;

    #[test]
    fn clauses_are_joined_with_natural_rests_and_their_words_placed() {
        let spoken = normalise("Il monta, lentement. Neuf heures.", Language::Fr);
        let mut sound = Vec::new();
        for length in [400, 300, 600] {
            sound.resize(sound.len() + length, 0.5);
            sound.resize(sound.len() + 900, 0.0);
        }
        let raw = join(&spoken, &sound, 1000, &[1.0, 3.0, 1.0, 1.0, 2.0]);
        let want = [(0.0, 0.1), (0.1, 0.4), (0.6, 0.9), (1.32, 1.52), (1.52, 1.92)];
        assert_eq!(raw.units.len(), want.len());
        for (got, want) in raw.units.iter().zip(want) {
            assert!((got.0 - want.0).abs() < 0.025 && (got.1 - want.1).abs() < 0.025, "{:?}", raw.units);
        }
        assert_eq!(raw.samples.len(), 400 + 200 + 300 + 420 + 600 + 420);
        // A sound that does not show the clauses is shared out as a whole.
        let raw = join(&spoken, &[0.5; 1000], 1000, &[1.0; 5]);
        assert_eq!((raw.samples.len(), raw.units.len()), (1000, 5));
    }
}
