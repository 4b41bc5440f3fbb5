//! The sounds themselves, a frame at a time. Each has its own chance and its own memory, so that it never repeats and never
//! jumps.

use std::f32::consts::TAU;

use story::{Rng, Seed};

use super::RATE;
use super::scene::Sound;
use crate::voice::filter::Biquad;

const SR: f32 = RATE as f32;

/// Something that sounds.
pub(super) trait Source {
    /// The next frame: left and right, about −20 dB when it is loud.
    fn frame(&mut self) -> (f32, f32);
}

/// The source of a sound.
pub(super) fn source(sound: Sound, seed: Seed) -> Box<dyn Source> {
    let mut rng = seed.rng();
    match sound {
        Sound::Rain => Box::new(Hiss::new(rng, (900.0, 9000.0), 0.16, Swell::steady()).with_drops(60.0, 2.2)),
        Sound::RainOutside => Box::new(Hiss::new(rng, (120.0, 1300.0), 0.3, Swell::steady()).with_drops(9.0, 3.0)),
        Sound::Wind => Box::new(Wind::new(rng)),
        Sound::Waves => Box::new(Hiss::new(rng, (90.0, 1500.0), 0.34, Swell { period: 7.6, low: 0.12, flutter: 0.4 })),
        Sound::Stream => Box::new(Hiss::new(rng, (450.0, 3200.0), 0.2, Swell { period: 1.9, low: 0.6, flutter: 9.0 })),
        Sound::Traffic => Box::new(Traffic::new(rng)),
        Sound::Crowd => Box::new(Crowd::new(&mut rng)),
        Sound::Fire => {
            let bed = Hiss::new(rng, (40.0, 420.0), 0.28, Swell { period: 1.1, low: 0.5, flutter: 7.0 });
            Box::new(bed.with_drops(7.0, 9.0))
        }
        Sound::Room => Box::new(Hiss::new(rng, (40.0, 320.0), 0.2, Swell::steady())),
        Sound::Void => Box::new(Void {
            bed: Hiss::new(rng, (30.0, 240.0), 0.2, Swell { period: 11.0, low: 0.4, flutter: 0.1 }),
            time: 0.0,
        }),
        Sound::Birds => Box::new(Calls::new(rng, Call::Song, (0.7, 3.2))),
        Sound::Gulls => Box::new(Calls::new(rng, Call::Gull, (3.0, 8.0))),
        Sound::Crickets => Box::new(Crickets { rng, time: 0.0, noise: Slow::new(0.3) }),
        Sound::Depth => Box::new(Both(
            Hiss::new(rng.clone(), (30.0, 260.0), 0.4, Swell { period: 6.0, low: 0.5, flutter: 0.4 }),
            Calls::new(rng, Call::Bubble, (0.5, 2.4)),
        )),
        Sound::Drops => Box::new(Calls::new(rng, Call::Drop, (0.7, 2.2))),
        Sound::Thunder => Box::new(Thunder::new(rng)),
    }
}

/// Noise between −1 and 1.
fn white(rng: &mut Rng) -> f32 {
    rng.unit() * 2.0 - 1.0
}

/// Chance that moves slowly: a new aim some times a second, and a straight way there.
struct Slow {
    hertz: f32,
    from: f32,
    to: f32,
    part: f32,
}

impl Slow {
    fn new(hertz: f32) -> Self {
        Self { hertz, from: 0.5, to: 0.5, part: 1.0 }
    }

    /// 0..1.
    fn next(&mut self, rng: &mut Rng) -> f32 {
        self.part += self.hertz / SR;
        if self.part >= 1.0 {
            (self.from, self.to, self.part) = (self.to, rng.unit(), 0.0);
        }
        let k = self.part * self.part * (3.0 - 2.0 * self.part);
        self.from + (self.to - self.from) * k
    }
}

/// How noise swells.
#[derive(Clone, Copy)]
struct Swell {
    /// Seconds from one swell to the next; 0 for none.
    period: f32,
    /// How loud it stays between.
    low: f32,
    /// How fast it flutters, in hertz; 0 for not at all.
    flutter: f32,
}

impl Swell {
    fn steady() -> Self {
        Self { period: 0.0, low: 1.0, flutter: 0.0 }
    }
}

/// Noise in a band that swells, with drops or crackles in it.
struct Hiss {
    rng: Rng,
    bands: [[Biquad; 2]; 2],
    gain: f32,
    swell: Swell,
    flutter: Slow,
    time: f32,
    /// Chance of a drop in a frame, and how strong it is.
    drops: (f32, f32),
}

impl Hiss {
    fn new(rng: Rng, (low, high): (f32, f32), gain: f32, swell: Swell) -> Self {
        let band = [Biquad::high_pass(low, 0.7), Biquad::low_pass(high, 0.7)];
        let flutter = Slow::new(swell.flutter.max(0.1));
        // Of a narrow band little comes through.
        let gain = gain * (9000.0 / high).sqrt().min(4.5);
        Self { rng, bands: [band.clone(), band], gain, swell, flutter, time: 0.0, drops: (0.0, 0.0) }
    }

    fn with_drops(mut self, a_second: f32, strength: f32) -> Self {
        self.drops = (a_second / SR, strength);
        self
    }
}

impl Source for Hiss {
    fn frame(&mut self) -> (f32, f32) {
        self.time += 1.0 / SR;
        let mut loud = 1.0;
        if self.swell.period > 0.0 {
            let wave = 0.5 + 0.5 * (TAU * self.time / self.swell.period).sin();
            loud = self.swell.low + (1.0 - self.swell.low) * wave * wave;
        }
        if self.swell.flutter > 0.0 {
            loud *= 0.6 + 0.4 * self.flutter.next(&mut self.rng);
        }
        let mut side = |k: usize, rng: &mut Rng| {
            let drop = if rng.chance(self.drops.0) { self.drops.1 * (0.3 + 0.7 * rng.unit()) } else { 0.0 };
            let sound = white(rng) + drop * 6.0;
            self.bands[k].iter_mut().fold(sound, |x, f| f.run(x)) * self.gain * loud
        };
        (side(0, &mut self.rng), side(1, &mut self.rng))
    }
}

/// Noise that is higher and louder when it blows harder.
struct Wind {
    rng: Rng,
    gust: Slow,
    lean: Slow,
    low: [[f32; 2]; 2],
}

impl Wind {
    fn new(rng: Rng) -> Self {
        Self { rng, gust: Slow::new(0.45), lean: Slow::new(0.2), low: [[0.0; 2]; 2] }
    }
}

impl Source for Wind {
    fn frame(&mut self) -> (f32, f32) {
        let gust = self.gust.next(&mut self.rng);
        let lean = self.lean.next(&mut self.rng) - 0.5;
        let k = 0.012 + 0.055 * gust * gust;
        let mut side = |i: usize, rng: &mut Rng| {
            let [a, b] = &mut self.low[i];
            *a += (white(rng) - *a) * k;
            *b += (*a - *b) * k * 1.6;
            *b * (0.5 + 1.9 * gust)
        };
        let (l, r) = (side(0, &mut self.rng), side(1, &mut self.rng));
        (l * (1.0 - lean * 0.6), r * (1.0 + lean * 0.6))
    }
}

/// A rumble, and cars that pass.
struct Traffic {
    rumble: Hiss,
    car: Hiss,
    rng: Rng,
    time: f32,
    next: f32,
    length: f32,
    to_right: bool,
}

impl Traffic {
    fn new(mut rng: Rng) -> Self {
        let rumble = Hiss::new(rng.clone(), (35.0, 170.0), 0.22, Swell { period: 9.0, low: 0.7, flutter: 0.4 });
        rng.bits();
        let car = Hiss::new(rng.clone(), (120.0, 900.0), 0.2, Swell::steady());
        Self { rumble, car, rng, time: 0.0, next: 1.2, length: 3.0, to_right: true }
    }
}

impl Source for Traffic {
    fn frame(&mut self) -> (f32, f32) {
        self.time += 1.0 / SR;
        let (mut l, mut r) = self.rumble.frame();
        let part = (self.time - self.next) / self.length;
        if part >= 1.0 {
            self.next = self.time + self.rng.between(1.5, 6.0);
            self.length = self.rng.between(2.2, 4.0);
            self.to_right = self.rng.chance(0.5);
        } else if part > 0.0 {
            let near = (part * std::f32::consts::PI).sin().powi(3);
            let side = if self.to_right { part } else { 1.0 - part };
            let (a, b) = self.car.frame();
            l += a * near * (1.0 - side * 0.7);
            r += b * near * (0.3 + side * 0.7);
        }
        (l, r)
    }
}

/// People: bands of noise that open and close like mouths.
struct Crowd {
    rng: Rng,
    mouths: Vec<Mouth>,
}

struct Mouth {
    band: [Biquad; 2],
    syllable: Slow,
    turn: Slow,
    side: f32,
}

impl Crowd {
    fn new(rng: &mut Rng) -> Self {
        let mouths = (0..7)
            .map(|_| {
                let pitch = rng.between(300.0, 900.0);
                Mouth {
                    band: [Biquad::high_pass(pitch * 0.8, 1.2), Biquad::low_pass(pitch * 1.5, 1.2)],
                    syllable: Slow::new(rng.between(5.0, 8.0)),
                    turn: Slow::new(rng.between(0.3, 0.7)),
                    side: rng.unit(),
                }
            })
            .collect();
        Self { rng: rng.clone(), mouths }
    }
}

impl Source for Crowd {
    fn frame(&mut self) -> (f32, f32) {
        let (mut l, mut r) = (0.0, 0.0);
        for mouth in &mut self.mouths {
            let open = mouth.syllable.next(&mut self.rng).powi(2) * mouth.turn.next(&mut self.rng);
            let noise = white(&mut self.rng);
            let s = mouth.band.iter_mut().fold(noise, |x, f| f.run(x)) * open * 0.5;
            l += s * (1.0 - mouth.side);
            r += s * mouth.side;
        }
        (l, r)
    }
}

/// A drone under slow noise.
struct Void {
    bed: Hiss,
    time: f32,
}

impl Source for Void {
    fn frame(&mut self) -> (f32, f32) {
        self.time += 1.0 / SR;
        let (l, r) = self.bed.frame();
        let tone = |hertz: f32, period: f32| {
            (TAU * (hertz * self.time).fract()).sin() * (0.6 + 0.4 * (TAU * self.time / period).sin())
        };
        let drone = 0.05 * (tone(55.0, 7.0) + tone(82.6, 11.0));
        (l + drone, r + drone)
    }
}

/// Two sources at once.
struct Both<A, B>(A, B);

impl<A: Source, B: Source> Source for Both<A, B> {
    fn frame(&mut self) -> (f32, f32) {
        let ((a, b), (c, d)) = (self.0.frame(), self.1.frame());
        (a + c, b + d)
    }
}

/// What is called, dropped or bubbles up now and then.
#[derive(Clone, Copy, PartialEq)]
enum Call {
    Song,
    Gull,
    Bubble,
    Drop,
}

/// One tone that glides.
#[derive(Clone, Copy)]
struct Tone {
    at: f32,
    length: f32,
    from: f32,
    to: f32,
    gain: f32,
    side: f32,
}

/// Small tones with pauses between.
struct Calls {
    rng: Rng,
    call: Call,
    pause: (f32, f32),
    time: f32,
    next: f32,
    tones: Vec<(Tone, f32)>,
}

impl Calls {
    fn new(mut rng: Rng, call: Call, pause: (f32, f32)) -> Self {
        let next = rng.between(0.2, pause.0);
        Self { rng, call, pause, time: 0.0, next, tones: Vec::new() }
    }

    fn begin(&mut self) {
        let (rng, at) = (&mut self.rng, self.time);
        let side = rng.between(0.1, 0.9);
        let far = rng.between(0.35, 1.0);
        let mut add = |tone: Tone| self.tones.push((tone, 0.0));
        match self.call {
            Call::Song => {
                let base = rng.between(2300.0, 4300.0);
                let gap = rng.between(0.09, 0.19);
                let bend = rng.between(-0.35, 0.4);
                for i in 0..2 + rng.below(5) {
                    let from = base * rng.between(0.92, 1.12);
                    let tone = Tone {
                        at: at + i as f32 * gap,
                        length: gap * 0.75,
                        from,
                        to: from * (1.0 + bend),
                        gain: 0.07 * far,
                        side,
                    };
                    add(tone);
                }
            }
            Call::Gull => {
                for i in 0..1 + rng.below(3) {
                    let from = rng.between(1050.0, 1300.0);
                    add(Tone {
                        at: at + i as f32 * 0.42,
                        length: 0.34,
                        from: from * 1.25,
                        to: from * 0.8,
                        gain: 0.05 * far,
                        side,
                    });
                }
            }
            Call::Bubble => {
                for i in 0..1 + rng.below(4) {
                    let from = rng.between(260.0, 520.0);
                    add(Tone { at: at + i as f32 * 0.09, length: 0.08, from, to: from * 1.9, gain: 0.09 * far, side });
                }
            }
            Call::Drop => {
                let from = rng.between(1100.0, 2100.0);
                for (echo, strength) in [(0.0, 1.0), (0.21, 0.4), (0.43, 0.18), (0.66, 0.08)] {
                    let side = if echo > 0.0 { 1.0 - side } else { side };
                    add(Tone { at: at + echo, length: 0.12, from, to: from * 1.08, gain: 0.14 * far * strength, side });
                }
            }
        }
        self.next = self.time + rng.between(self.pause.0, self.pause.1);
    }
}

impl Source for Calls {
    fn frame(&mut self) -> (f32, f32) {
        self.time += 1.0 / SR;
        if self.time >= self.next {
            self.begin();
        }
        let (mut l, mut r) = (0.0, 0.0);
        let time = self.time;
        for (tone, phase) in &mut self.tones {
            let part = (time - tone.at) / tone.length;
            if !(0.0..1.0).contains(&part) {
                continue;
            }
            *phase = (*phase + (tone.from + (tone.to - tone.from) * part) / SR).fract();
            // Rises at once and dies away, both without a corner.
            let shape = (part * 12.0).min(1.0) * (1.0 - part).powi(2);
            let mut s = (TAU * *phase).sin();
            if self.call == Call::Gull {
                s = 0.6 * s + 0.4 * (TAU * (*phase * 2.0).fract()).sin();
            }
            let s = s * shape * tone.gain;
            l += s * (1.0 - tone.side);
            r += s * tone.side;
        }
        if self.tones.len() > 24 {
            self.tones.retain(|(tone, _)| tone.at + tone.length > time);
        }
        (l, r)
    }
}

/// Two crickets that take turns.
struct Crickets {
    rng: Rng,
    time: f32,
    noise: Slow,
}

impl Source for Crickets {
    fn frame(&mut self) -> (f32, f32) {
        self.time += 1.0 / SR;
        let t = self.time;
        let unrest = self.noise.next(&mut self.rng);
        let one = |hertz: f32, period: f32, phase: f32| {
            let burst = ((t / period + phase).fract() - 0.45).clamp(-0.45, 0.0) / -0.45;
            let pulse = 0.5 - 0.5 * (TAU * 27.0 * t).cos();
            (TAU * (hertz * t).fract()).sin() * pulse * (burst * std::f32::consts::PI).sin().max(0.0)
        };
        let (a, b) = (one(4150.0, 0.92, 0.0), one(4620.0, 1.13, 0.4));
        let (a, b) = (a * 0.05 * (0.5 + 0.5 * unrest), b * 0.04);
        (a + b * 0.3, b + a * 0.25)
    }
}

/// A clap now and then, and its long rumble.
struct Thunder {
    rumble: Hiss,
    rng: Rng,
    time: f32,
    at: f32,
    length: f32,
}

impl Thunder {
    fn new(mut rng: Rng) -> Self {
        let rumble = Hiss::new(rng.clone(), (28.0, 140.0), 0.5, Swell { period: 0.0, low: 1.0, flutter: 6.0 });
        let at = rng.between(1.0, 3.0);
        Self { rumble, rng, time: 0.0, at, length: 3.5 }
    }
}

impl Source for Thunder {
    fn frame(&mut self) -> (f32, f32) {
        self.time += 1.0 / SR;
        let part = (self.time - self.at) / self.length;
        if part >= 1.0 {
            self.at = self.time + self.rng.between(5.0, 12.0);
            self.length = self.rng.between(2.6, 4.6);
        }
        if !(0.0..1.0).contains(&part) {
            return (0.0, 0.0);
        }
        let (l, r) = self.rumble.frame();
        let shape = (part * 14.0).min(1.0) * (1.0 - part).powi(2);
        (l * shape, r * shape)
    }
}
