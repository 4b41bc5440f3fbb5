//! From bars to notes: bed, figure, bass, tune, drums, and the last chord.

use story::{Rng, ScoreSheet};

use super::{
    instruments::{Note, Sound},
    melody::{Motif, nearest_chord_tone},
    plan::{Bar, Plan, half_steps},
    style::{Bass, Drums, Style},
};

/// Writes every note of the score, in order of time.
pub(super) fn write(sheet: &ScoreSheet, plan: &Plan) -> Vec<Note> {
    let mut writer = Writer {
        rng: sheet.seed.fork("arrangement").rng(),
        notes: Vec::new(),
        beat: plan.beat,
        voicing: Vec::new(),
        motif: Motif::find(sheet.seed, plan.style.beats),
        figure: sheet.seed.fork("figure").rng().below(FIGURES.len()),
    };
    for bar in &plan.bars {
        writer.bed(bar);
        writer.figure(bar);
        writer.bass(bar);
        writer.tune(bar);
        writer.drums(bar);
    }
    writer.last_chord(plan, f64::from(sheet.duration_ms) / 1000.0);
    writer.notes.retain(|n| n.at >= 0.0);
    writer.notes.sort_by(|a, b| a.at.total_cmp(&b.at));
    writer.notes
}

/// In which order a figure walks the tones of its chord.
const FIGURES: [[usize; 8]; 5] = [
    [0, 1, 2, 3, 2, 1, 2, 1],
    [0, 2, 1, 3, 0, 2, 1, 3],
    [0, 1, 2, 1, 3, 2, 1, 2],
    [0, 2, 3, 2, 1, 2, 3, 1],
    [3, 2, 1, 0, 1, 2, 3, 2],
];

struct Writer {
    rng: Rng,
    notes: Vec<Note>,
    beat: f64,
    /// The bed's last chord, so that the next one moves little.
    voicing: Vec<i32>,
    motif: Motif,
    figure: usize,
}

impl Writer {
    fn note(&mut self, sound: Sound, at: f64, seconds: f64, midi: i32, force: f32, bright: f32) {
        let side = self.rng.between(-1.0, 1.0) * sound.width();
        self.notes.push(Note { sound, at, seconds: seconds as f32, midi, force, pan: side, bright });
    }

    /// A little earlier or later, as hands play.
    fn about(&mut self, at: f64) -> f64 {
        at + f64::from(self.rng.between(-0.009, 0.011))
    }

    fn bed(&mut self, bar: &Bar) {
        let style = &bar.style;
        // Scenes with more going on lie a little higher.
        let centre = style.tonic + 5 + (bar.energy * 5.0) as i32 + [0, 3, -2][bar.stretch % 3];
        let colour = if style.drive > 0.2 { 6 } else { 8 };
        self.voicing = voice(style, bar.degree, colour, centre, &self.voicing);
        let seconds = bar.beats as f64 * self.beat;
        let force = loud(bar.energy) * if style.bed == Sound::Strings { 0.62 } else { 0.85 };
        for midi in self.voicing.clone() {
            // Bows and pads speak slowly: they start a little before the beat.
            self.note(
                style.bed,
                (bar.at - 0.12).max(0.0),
                seconds + 0.1,
                midi,
                force,
                style.bright * (0.5 + 0.5 * bar.energy),
            );
        }
    }

    fn figure(&mut self, bar: &Bar) {
        let style = &bar.style;
        if bar.energy < 0.3 {
            return;
        }
        let tones = voice(style, bar.degree, 7, style.tonic + 15, &[]);
        let order = FIGURES[(self.figure + bar.stretch) % FIGURES.len()];
        let every = self.beat / style.figure_rate as f64;
        for i in 0..bar.beats * style.figure_rate {
            if i > 0 && self.rng.chance(0.26 - 0.2 * bar.energy) {
                continue; // a breath
            }
            let midi = tones[order[i % 8] % tones.len()] + if style.figure == Sound::Bell { 12 } else { 0 };
            let accent = if i % style.figure_rate == 0 { 1.0 } else { 0.72 };
            let force = loud(bar.energy) * accent * self.rng.between(0.5, 0.68);
            let at = self.about(bar.at + i as f64 * every);
            let seconds = if style.figure == Sound::Strings { every * 0.8 } else { every * 2.5 };
            self.note(style.figure, at, seconds, midi, force, style.bright);
        }
    }

    fn bass(&mut self, bar: &Bar) {
        let style = &bar.style;
        let root = low(style.tonic + half_steps(&style.scale, bar.degree as i32));
        let fifth = low(style.tonic + half_steps(&style.scale, bar.degree as i32 + 4));
        let force = loud(bar.energy);
        let kind = if bar.energy < 0.3 { Bass::Held } else { style.bass };
        let (rate, short, part) = match kind {
            Bass::Held => (0.0, 1.0, 0.9),
            Bass::Walking => (0.5, 0.95, 0.9),
            Bass::Pulsing => (2.0, 0.55, 0.62),
            Bass::Bouncing => (1.0, 0.5, 0.85),
        };
        if rate == 0.0 {
            self.note(Sound::Bass, bar.at, bar.beats as f64 * self.beat * short, root, force * part, style.bright);
            return;
        }
        let every = self.beat / rate;
        for i in 0..(bar.beats as f64 * rate).ceil() as usize {
            let midi = if i % 2 == 1 && kind != Bass::Pulsing { fifth } else { root };
            let at = self.about(bar.at + i as f64 * every);
            let accent = if i == 0 { 1.0 } else { 0.8 };
            self.note(Sound::Bass, at, every * short, midi, force * part * accent, style.bright);
        }
    }

    fn tune(&mut self, bar: &Bar) {
        let style = &bar.style;
        // Two bars of tune, two bars of rest, unless much goes on.
        let sings = bar.energy > 0.36 && (bar.place % 4 < 2 || bar.energy > 0.72);
        if !sings {
            return;
        }
        let variation = [0, 1, 0, 2, 3][(bar.stretch + bar.place / 2) % 5];
        let base = style.tonic + 12 * ((84 - style.tonic) / 12) + style.lead_shift - 12;
        for tone in self.motif.over(bar.place % 2, variation, bar.degree, bar.beats) {
            let at = self.about(bar.at + tone.at * self.beat);
            let force = loud(bar.energy) * self.rng.between(0.62, 0.78);
            let midi = base + half_steps(&style.scale, tone.degree);
            self.note(style.lead, at, tone.beats * self.beat * 0.95, midi, force, style.bright);
        }
    }

    fn drums(&mut self, bar: &Bar) {
        if bar.energy < 0.42 {
            return;
        }
        let force = loud(bar.energy) * bar.energy;
        let hit = |writer: &mut Self, sound: Sound, beat: f64, part: f32| {
            if beat < bar.beats as f64 {
                let at = writer.about(bar.at + beat * writer.beat);
                let force = force * part * writer.rng.between(0.8, 1.0);
                writer.note(sound, at, 0.1, 0, force, bar.style.bright);
            }
        };
        for beat in 0..bar.beats {
            let b = beat as f64;
            match bar.style.drums {
                Drums::None => {}
                Drums::Light => {
                    hit(self, Sound::Shaker, b, 0.35);
                    hit(self, Sound::Shaker, b + 0.5, 0.6);
                    if beat % 2 == 0 {
                        hit(self, Sound::Kick, b, 0.5);
                    }
                }
                Drums::Driving => {
                    hit(self, Sound::Kick, b, 0.8);
                    hit(self, Sound::Shaker, b + 0.5, 0.9);
                    hit(self, Sound::Shaker, b + 0.25, 0.35);
                    hit(self, Sound::Shaker, b + 0.75, 0.4);
                }
                Drums::Deep => {
                    if beat == 0 {
                        hit(self, Sound::Drum, b, 0.9);
                    }
                    if beat == 2 && bar.energy > 0.6 {
                        hit(self, Sound::Drum, b + 0.5, 0.6);
                        hit(self, Sound::Drum, b + 1.0, 0.75);
                    }
                }
                Drums::Ticking => {
                    hit(self, Sound::Block, b, if beat == 0 { 0.5 } else { 0.3 });
                    if beat == 0 {
                        hit(self, Sound::Drum, b, 0.45);
                    }
                }
                Drums::Wooden => {
                    if beat % 2 == 1 {
                        hit(self, Sound::Block, b, 0.6);
                    }
                    hit(self, Sound::Shaker, b + 0.5, 0.45);
                    if beat == 0 {
                        hit(self, Sound::Kick, b, 0.45);
                    }
                }
            }
        }
    }

    /// The tonic, in every part, ringing to the end.
    fn last_chord(&mut self, plan: &Plan, length: f64) {
        let style = &plan.style;
        let ring = length - plan.end;
        let force = 0.62 + style.drive * 0.2;
        self.voicing = voice(style, 0, 7, style.tonic + 6, &self.voicing);
        for midi in self.voicing.clone() {
            self.note(style.bed, (plan.end - 0.1).max(0.0), ring * 0.45, midi, force * 0.8, style.bright * 0.8);
        }
        self.note(Sound::Bass, plan.end, ring * 0.9, low(style.tonic), force, style.bright);
        // The figure, spread upward like a hand over strings.
        for (i, midi) in voice(style, 0, 7, style.tonic + 15, &[]).into_iter().enumerate() {
            let sound = if style.figure == Sound::Strings { Sound::Harp } else { style.figure };
            self.note(sound, plan.end + 0.045 * i as f64, ring, midi, force * 0.6, style.bright);
        }
        let base = style.tonic + 12 * ((84 - style.tonic) / 12) + style.lead_shift - 12;
        let top = base + half_steps(&style.scale, nearest_chord_tone(7, 0));
        self.note(style.lead, plan.end + 0.01, ring * 0.6, top, force * 0.62, style.bright);
        if style.drums == Drums::Deep {
            self.note(Sound::Drum, plan.end, 0.1, 0, force, style.bright);
        }
    }
}

/// How hard is played at an energy.
fn loud(energy: f32) -> f32 {
    0.3 + 0.7 * energy
}

/// A MIDI number, moved by octaves into the register of the bass (33 to 44: 55 to 104 Hz).
fn low(midi: i32) -> i32 {
    33 + (midi - 33).rem_euclid(12)
}

/// Four tones of a chord near `centre`, each as near as can be to a tone of the chord before. `colour` is the degree of
/// the fourth tone above the root: 7 the octave, 8 the ninth, 6 the seventh.
fn voice(style: &Style, degree: usize, colour: i32, centre: i32, before: &[i32]) -> Vec<i32> {
    let mut tones: Vec<i32> = [0, 2, 4, colour]
        .iter()
        .enumerate()
        .map(|(i, third)| {
            let midi = style.tonic + half_steps(&style.scale, degree as i32 + third);
            let goal = before.get(i).map_or(centre - 5 + 4 * i as i32, |b| (b * 2 + centre - 5 + 4 * i as i32) / 3);
            midi + 12 * ((goal - midi) as f32 / 12.0).round() as i32
        })
        .collect();
    tones.sort_unstable();
    // No two on one key, and no rub of a half step below the ear's comfort.
    for i in 1..tones.len() {
        while tones[i] <= tones[i - 1] + 1 {
            tones[i] += 12;
        }
        tones[i..].sort_unstable();
    }
    tones
}
