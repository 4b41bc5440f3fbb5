//! The instruments: strings and pads (filtered saws), struck ones (sums of decaying partials), plucked ones (a string
//! of delay), and drums (noise and falling tones). Every tone starts and ends softly enough not to click.

use std::f32::consts::TAU;

use story::{Rng, Seed};

use super::{Bus, RATE};

const SR: f32 = RATE as f32;

/// An instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sound {
    Pad,
    Strings,
    Harp,
    Piano,
    Marimba,
    Bell,
    Bass,
    Kick,
    Shaker,
    Block,
    Drum,
}

impl Sound {
    /// How far its notes spread to the sides, 0 to 1.
    pub(super) fn width(self) -> f32 {
        match self {
            Self::Bass | Self::Kick | Self::Drum => 0.0,
            Self::Piano | Self::Block => 0.35,
            Self::Harp | Self::Marimba | Self::Shaker => 0.5,
            Self::Pad | Self::Strings | Self::Bell => 0.65,
        }
    }

    /// How loud it is among the others, and how much of it goes to the room.
    fn mix(self) -> (f32, f32) {
        match self {
            Self::Pad => (0.055, 0.35),
            Self::Strings => (0.075, 0.45),
            Self::Harp => (0.2, 0.4),
            Self::Piano => (0.2, 0.35),
            Self::Marimba => (0.2, 0.25),
            Self::Bell => (0.1, 0.6),
            Self::Bass => (0.17, 0.05),
            Self::Kick => (0.3, 0.05),
            Self::Shaker => (0.05, 0.15),
            Self::Block => (0.1, 0.3),
            Self::Drum => (0.4, 0.4),
        }
    }
}

/// A note as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    pub(super) sound: Sound,
    /// When it starts and how long it is held, in seconds.
    pub(super) at: f64,
    pub(super) seconds: f32,
    /// The key; drums have none.
    pub(super) midi: i32,
    /// How hard, 0 to 1; where, -1 left to 1 right; 0 dull to 1 bright.
    pub(super) force: f32,
    pub(super) pan: f32,
    pub(super) bright: f32,
}

/// Plays notes in order of time, block by block.
pub(super) struct Player {
    waiting: std::iter::Peekable<std::vec::IntoIter<Note>>,
    sounding: Vec<Voice>,
    rng: Rng,
}

impl Player {
    /// Takes notes in order of time.
    pub(super) fn new(notes: Vec<Note>, seed: Seed) -> Self {
        Self { waiting: notes.into_iter().peekable(), sounding: Vec::new(), rng: seed.fork("instruments").rng() }
    }

    /// Adds what sounds in the block that begins at frame `start`.
    pub(super) fn play(&mut self, start: usize, bus: &mut Bus) {
        let end = start + bus.len();
        while let Some(note) = self.waiting.next_if(|n| ((n.at * f64::from(RATE)) as usize) < end) {
            self.sounding.push(Voice::new(&note, &mut self.rng));
        }
        self.sounding.retain_mut(|voice| voice.play(start, bus));
    }
}

struct Voice {
    /// The frame where it begins and its frames so far.
    begin: usize,
    age: usize,
    /// The frames of its rise, of its full length, and of the fall at its end.
    rise: usize,
    length: usize,
    fall: usize,
    left: f32,
    right: f32,
    room: f32,
    body: Body,
}

enum Body {
    Bowed(Bowed),
    Struck(Vec<Partial>),
    Plucked(Plucked),
    Noise(Noise),
    Falling { phase: f32, low: f32, sweep: f32, decay: f32 },
}

impl Voice {
    fn new(note: &Note, rng: &mut Rng) -> Self {
        let hertz = 440.0 * ((note.midi as f32 - 69.0) / 12.0).exp2();
        let (level, room) = note.sound.mix();
        let (body, rise, seconds, fall) = match note.sound {
            Sound::Pad => (
                Body::Bowed(Bowed::new(hertz, 3, 0.0036, 380.0 + 1500.0 * note.bright, 0.0, rng)),
                0.7,
                note.seconds + 1.4,
                1.4,
            ),
            Sound::Strings => {
                let rise = if note.seconds < 0.6 { 0.05 } else { 0.28 };
                let fall = if note.seconds < 0.6 { 0.2 } else { 0.7 };
                (
                    Body::Bowed(Bowed::new(hertz, 3, 0.0024, 700.0 + 2600.0 * note.bright, 0.0035, rng)),
                    rise,
                    note.seconds + fall,
                    fall,
                )
            }
            Sound::Harp => (Body::Plucked(Plucked::new(hertz, 0.35 + 0.5 * note.bright, 2.6, rng)), 0.002, 3.2, 0.6),
            Sound::Piano => (struck(hertz, note.force, &PIANO), 0.004, note.seconds.max(0.5) + 1.6, 0.9),
            Sound::Marimba => (struck(hertz, note.force, &MARIMBA), 0.002, 1.2, 0.3),
            Sound::Bell => (struck(hertz, note.force, &BELL), 0.002, 4.5, 1.0),
            Sound::Bass => (struck(hertz, note.force, &BASS), 0.018, note.seconds + 0.12, 0.14),
            Sound::Kick => (Body::Falling { phase: 0.0, low: 48.0, sweep: 60.0, decay: 9.0 }, 0.002, 0.4, 0.1),
            Sound::Drum => (Body::Falling { phase: 0.0, low: 58.0, sweep: 34.0, decay: 3.4 }, 0.003, 1.4, 0.4),
            Sound::Shaker => (Body::Noise(Noise::new(6_500.0, 42.0, rng)), 0.004, 0.16, 0.05),
            Sound::Block => (struck(820.0, note.force, &BLOCK), 0.0015, 0.25, 0.08),
        };
        let gain = level * note.force;
        let angle = (note.pan.clamp(-1.0, 1.0) + 1.0) * std::f32::consts::FRAC_PI_4;
        let frames = |s: f32| (s * SR) as usize;
        Self {
            begin: (note.at * f64::from(RATE)) as usize,
            age: 0,
            rise: frames(rise).max(1),
            length: frames(seconds),
            fall: frames(fall).max(1),
            left: gain * angle.cos(),
            right: gain * angle.sin(),
            room,
            body,
        }
    }

    /// Adds itself to the block; false when it has ended.
    fn play(&mut self, start: usize, bus: &mut Bus) -> bool {
        let from = self.begin.max(start) - start;
        for i in from..bus.len() {
            if self.age >= self.length {
                return false;
            }
            let rise = (self.age as f32 / self.rise as f32).min(1.0);
            let fall = ((self.length - self.age) as f32 / self.fall as f32).min(1.0);
            let edge = (rise * rise * (3.0 - 2.0 * rise)) * (fall * fall * (3.0 - 2.0 * fall));
            let s = edge
                * match &mut self.body {
                    Body::Bowed(bowed) => bowed.next(self.age),
                    Body::Struck(partials) => partials.iter_mut().map(Partial::next).sum(),
                    Body::Plucked(string) => string.next(),
                    Body::Noise(noise) => noise.next(),
                    Body::Falling { phase, low, sweep, decay } => {
                        let t = self.age as f32 / SR;
                        *phase = (*phase + (*low + *sweep * (-t * 28.0).exp()) / SR).fract();
                        (TAU * *phase).sin() * (-t * *decay).exp()
                    }
                };
            let (l, r) = (s * self.left, s * self.right);
            bus.left[i] += l;
            bus.right[i] += r;
            bus.room_left[i] += l * self.room;
            bus.room_right[i] += r * self.room;
            self.age += 1;
        }
        true
    }
}

/// Saws a little out of tune with each other, through a low pass that opens and closes slowly.
struct Bowed {
    phases: [f32; 3],
    steps: [f32; 3],
    count: usize,
    cutoff: f32,
    vibrato: f32,
    turn: f32,
    bend: f32,
    pole: f32,
    low: [f32; 2],
}

impl Bowed {
    fn new(hertz: f32, count: usize, detune: f32, cutoff: f32, vibrato: f32, rng: &mut Rng) -> Self {
        let steps = [-1.0, 0.0, 1.0].map(|d: f32| hertz * (1.0 + d * detune) / SR);
        let phases = [rng.unit(), rng.unit(), rng.unit()];
        // High tones need a wider filter, or they would vanish.
        let cutoff = cutoff.max(hertz * 1.6);
        Self { phases, steps, count, cutoff, vibrato, turn: rng.unit(), bend: 1.0, pole: 0.1, low: [0.0; 2] }
    }

    fn next(&mut self, age: usize) -> f32 {
        if age.is_multiple_of(64) {
            let t = age as f32 / SR;
            let slow = (TAU * (self.turn + t * 0.11)).sin();
            self.pole = 1.0 - (-TAU * self.cutoff * (1.0 + 0.25 * slow) / SR).exp();
            let depth = self.vibrato * (t * 1.2).min(1.0);
            self.bend = 1.0 + depth * (TAU * (self.turn + t * 5.1)).sin();
        }
        let mut sum = 0.0;
        for (phase, step) in self.phases.iter_mut().zip(self.steps).take(self.count) {
            let step = step * self.bend;
            *phase += step;
            if *phase >= 1.0 {
                *phase -= 1.0;
            }
            sum += 2.0 * *phase - 1.0 - poly_blep(*phase, step);
        }
        self.low[0] += self.pole * (sum - self.low[0]);
        self.low[1] += self.pole * (self.low[0] - self.low[1]);
        self.low[1]
    }
}

/// Rounds the edge of a saw, so that it does not fold back (Välimäki and Huovilainen 2007).
fn poly_blep(phase: f32, step: f32) -> f32 {
    if phase < step {
        let x = phase / step;
        2.0 * x - x * x - 1.0
    } else if phase > 1.0 - step {
        let x = (phase - 1.0) / step;
        x * x + 2.0 * x + 1.0
    } else {
        0.0
    }
}

/// A sine that dies away: a turning arrow that shrinks.
struct Partial {
    re: f32,
    im: f32,
    cos: f32,
    sin: f32,
}

impl Partial {
    fn next(&mut self) -> f32 {
        (self.re, self.im) = (self.re * self.cos - self.im * self.sin, self.re * self.sin + self.im * self.cos);
        self.im
    }
}

/// What a struck instrument is made of: ratio to the key, level, decay a second; `hard` is how much a soft touch
/// takes from the higher ones, `keyed` how much faster high keys die.
struct Material {
    partials: &'static [(f32, f32, f32)],
    hard: f32,
    keyed: f32,
}

/// Slightly stretched, as stiff strings are; two near the first beat against each other.
const PIANO: Material = Material {
    partials: &[
        (0.9994, 0.5, 1.1),
        (1.0006, 0.5, 1.5),
        (2.001, 0.42, 1.9),
        (3.004, 0.22, 2.6),
        (4.01, 0.14, 3.3),
        (5.02, 0.08, 4.2),
        (6.035, 0.05, 5.0),
        (7.06, 0.03, 6.0),
    ],
    hard: 0.8,
    keyed: 0.6,
};
/// A bar tuned to the double octave (Rossing, "Science of Percussion Instruments").
const MARIMBA: Material =
    Material { partials: &[(1.0, 1.0, 4.5), (3.93, 0.25, 11.0), (9.2, 0.07, 26.0)], hard: 0.5, keyed: 0.7 };
/// A glockenspiel's free bar: 1, 2.756, 5.404.
const BELL: Material = Material {
    partials: &[(1.0, 0.8, 1.1), (1.002, 0.3, 0.8), (2.756, 0.3, 2.6), (5.404, 0.12, 5.5)],
    hard: 0.6,
    keyed: 0.3,
};
const BASS: Material = Material {
    partials: &[(1.0, 1.0, 0.7), (2.0, 0.28, 1.3), (3.0, 0.1, 2.4), (4.0, 0.03, 4.0)],
    hard: 0.6,
    keyed: 0.2,
};
const BLOCK: Material =
    Material { partials: &[(1.0, 1.0, 34.0), (1.53, 0.5, 45.0), (2.9, 0.2, 60.0)], hard: 0.3, keyed: 0.0 };

fn struck(hertz: f32, force: f32, material: &Material) -> Body {
    let keyed = (hertz / 262.0).powf(material.keyed);
    Body::Struck(
        material
            .partials
            .iter()
            .filter(|p| p.0 * hertz < 0.45 * SR)
            .map(|&(ratio, level, decay)| {
                let soft = (1.0 - material.hard * (1.0 - force.clamp(0.0, 1.0))).powf((ratio - 1.0).clamp(0.0, 3.0));
                let shrink = (-decay * keyed / SR).exp();
                let (sin, cos) = (TAU * hertz * ratio / SR).sin_cos();
                Partial { re: level * soft, im: 0.0, cos: cos * shrink, sin: sin * shrink }
            })
            .collect(),
    )
}

/// A string of delay (Karplus and Strong 1983), tuned by an all-pass (Jaffe and Smith 1983).
struct Plucked {
    string: Vec<f32>,
    at: usize,
    damp: f32,
    tune: f32,
    last: f32,
    passed: (f32, f32),
}

impl Plucked {
    /// `seconds` is about how long it takes to fall by 60 dB.
    fn new(hertz: f32, bright: f32, seconds: f32, rng: &mut Rng) -> Self {
        let period = SR / hertz - 0.5;
        let whole = (period - 0.3).floor().max(2.0);
        let part = period - whole;
        let mut string: Vec<f32> = (0..whole as usize).map(|_| rng.between(-1.0, 1.0)).collect();
        // A softer finger: the noise is smoothed around the string.
        for _ in 0..(5.0 - 4.0 * bright) as usize {
            let first = string[0];
            for i in 0..string.len() {
                let next = string.get(i + 1).copied().unwrap_or(first);
                string[i] = f32::midpoint(string[i], next);
            }
        }
        let mean = string.iter().sum::<f32>() / whole;
        let power = (string.iter().map(|s| (s - mean).powi(2)).sum::<f32>() / whole).sqrt().max(1e-3);
        for s in &mut string {
            *s = (*s - mean) / power * 0.45;
        }
        let damp = (-6.9 / (seconds * hertz)).exp();
        Self { string, at: 0, damp, tune: (1.0 - part) / (1.0 + part), last: 0.0, passed: (0.0, 0.0) }
    }

    fn next(&mut self) -> f32 {
        let out = self.string[self.at];
        let soft = self.damp * f32::midpoint(out, self.last);
        self.last = out;
        let tuned = self.tune * (soft - self.passed.1) + self.passed.0;
        self.passed = (soft, tuned);
        self.string[self.at] = tuned;
        self.at = (self.at + 1) % self.string.len();
        out
    }
}

/// A breath of noise above a frequency.
struct Noise {
    rng: Rng,
    pole: f32,
    low: f32,
    fade: f32,
    shrink: f32,
}

impl Noise {
    fn new(above: f32, decay: f32, rng: &mut Rng) -> Self {
        let own = Seed::new(rng.bits()).rng();
        Self { rng: own, pole: 1.0 - (-TAU * above / SR).exp(), low: 0.0, fade: 1.0, shrink: (-decay / SR).exp() }
    }

    fn next(&mut self) -> f32 {
        let white = self.rng.between(-1.0, 1.0);
        self.low += self.pole * (white - self.low);
        self.fade *= self.shrink;
        (white - self.low) * self.fade
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays one note alone; gives its left and right.
    fn alone(sound: Sound, midi: i32) -> Vec<f32> {
        let note = Note { sound, at: 0.0, seconds: 1.0, midi, force: 0.8, pan: 0.0, bright: 0.6 };
        let mut player = Player::new(vec![note], Seed::new(1));
        let mut out = Vec::new();
        for block in 0..120 {
            let mut bus = Bus::default();
            bus.clear(super::super::BLOCK);
            player.play(block * super::super::BLOCK, &mut bus);
            out.extend(bus.left);
        }
        out
    }

    /// The pitch by the strongest repetition, in hertz.
    fn pitch(sound: &[f32], near: f32) -> f32 {
        let part = &sound[14_400..14_400 + 9_600];
        let fits = |lag: usize| (0..4_800).map(|i| part[i] * part[i + lag]).sum::<f32>();
        let (low, high) = ((SR / near / 1.06) as usize, (SR / near * 1.06) as usize + 1);
        let best = (low..=high).max_by(|a, b| fits(*a).total_cmp(&fits(*b))).unwrap();
        let (a, b, c) = (fits(best - 1), fits(best), fits(best + 1));
        SR / (best as f32 + 0.5 * (a - c) / (a - 2.0 * b + c))
    }

    #[test]
    fn tuned_instruments_are_in_tune_and_end() {
        for sound in [Sound::Pad, Sound::Harp, Sound::Piano, Sound::Bass, Sound::Marimba] {
            for (midi, hertz) in [(45, 110.0), (57, 220.0), (69, 440.0)] {
                let got = pitch(&alone(sound, midi), hertz);
                let cents = 1200.0 * (got / hertz).log2();
                assert!(cents.abs() < 12.0, "{sound:?} {midi}: {cents} cents");
            }
        }
    }

    #[test]
    fn every_instrument_sounds_starts_softly_and_falls_silent() {
        for sound in [
            Sound::Pad,
            Sound::Strings,
            Sound::Harp,
            Sound::Piano,
            Sound::Marimba,
            Sound::Bell,
            Sound::Bass,
            Sound::Kick,
            Sound::Shaker,
            Sound::Block,
            Sound::Drum,
        ] {
            let out = alone(sound, 69);
            let peak = out.iter().fold(0.0_f32, |m, s| m.max(s.abs()));
            assert!((0.003..0.5).contains(&peak), "{sound:?} {peak}");
            assert!(out[0].abs() < 0.01 * peak, "{sound:?} starts at {}", out[0]);
            assert!(out[out.len() - 10..].iter().all(|s| *s == 0.0), "{sound:?} never ends");
        }
    }
}
