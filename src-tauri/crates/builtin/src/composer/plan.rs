//! From the order to bars: where each lies, its chord, how much goes on in it.

use story::{Mood, ScoreSheet};

use super::style::{Scale, Style, style};

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    /// When it starts, in seconds.
    pub(super) at: f64,
    pub(super) beats: usize,
    /// The degree of the scale its chord stands on.
    pub(super) degree: usize,
    /// Which stretch of the score it belongs to, and its place in there.
    pub(super) stretch: usize,
    pub(super) place: usize,
    /// 0 nearly nothing to 1 everything.
    pub(super) energy: f32,
    /// How it is played.
    pub(super) style: Style,
}

/// A score, laid out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// The style of the whole, which rules key and tempo.
    pub(super) style: Style,
    /// A beat in seconds.
    pub(super) beat: f64,
    pub(super) bars: Vec<Bar>,
    /// When the last chord comes, in seconds; it rings to the end.
    pub(super) end: f64,
}

/// Bars in a stretch without a new scene; then the music changes by itself.
const LONGEST_STRETCH: usize = 8;

/// Lays out bars so that the last chord comes on a beat and has time to ring. A scene's start begins a new bar at the
/// next beat.
pub(super) fn lay_out(sheet: &ScoreSheet) -> Plan {
    let whole = style(sheet.mood);
    let length = f64::from(sheet.duration_ms) / 1000.0;
    let ring = (length * 0.3).clamp(0.3, 4.2).min(length);
    let nominal = 60.0 / f64::from(whole.tempo);
    let beats = ((length - ring) / nominal).round().max(1.0) as usize;
    let beat = ((length - ring) / beats as f64).max(1e-3);

    let starts = stretch_starts(sheet, beat, beats);
    let mut bars: Vec<Bar> = Vec::new();
    let mut shift = 0;
    for (i, &(first, mood)) in starts.iter().enumerate() {
        let last = starts.get(i + 1).map_or(beats, |next| next.0);
        let own = Style { tonic: whole.tonic, tempo: whole.tempo, beats: whole.beats, ..style(mood) };
        let (mut at, mut place) = (first, 0);
        while at < last {
            // A rest of one beat is not left over: the bar before it takes it.
            let left = last - at;
            let count = if left <= own.beats + 1 { left } else { own.beats };
            if place > 0 && place % LONGEST_STRETCH == 0 {
                shift += 1;
            }
            let stretch = i + shift;
            let chords = own.chords[stretch % 2];
            bars.push(Bar {
                at: at as f64 * beat,
                beats: count,
                degree: chords[place % chords.len()],
                stretch,
                place,
                energy: energy(at as f32 / beats as f32, stretch, place, own.drive),
                style: own,
            });
            at += count;
            place += 1;
        }
    }
    close(&mut bars, whole, beat);
    Plan { style: whole, beat, bars, end: length - ring }
}

/// The first beat of every scene and its mood. The film begins with the first scene, or with its own mood; scenes that
/// are too close to another or to the end for a bar of their own go with their neighbour.
fn stretch_starts(sheet: &ScoreSheet, beat: f64, beats: usize) -> Vec<(usize, Mood)> {
    let opening = sheet.sections.first().filter(|s| s.start_ms == 0).map_or(sheet.mood, |s| s.mood);
    let mut starts = vec![(0, opening)];
    let mut sections: Vec<_> = sheet.sections.iter().filter(|s| s.start_ms > 0).collect();
    sections.sort_by_key(|s| s.start_ms);
    for section in sections {
        let first = (f64::from(section.start_ms) / 1000.0 / beat).ceil() as usize;
        if starts.last().is_some_and(|last| first >= last.0 + 2) && first + 2 <= beats {
            starts.push((first, section.mood));
        }
    }
    starts
}

/// Rises to two thirds of the film and falls; stretches alternate, so that the music breathes.
fn energy(position: f32, stretch: usize, place: usize, drive: f32) -> f32 {
    let arc = if position < 0.66 { position / 0.66 } else { 1.0 - (position - 0.66) / 0.34 * 0.5 };
    let breath = [-0.06, 0.14, -0.2, 0.06][stretch % 4];
    let swell = [0.0, 0.06, 0.12, 0.02][place % 4];
    let opening = if stretch == 0 && place == 0 { -0.25 } else { 0.0 };
    (0.3 + 0.45 * arc + breath + swell + opening + drive * 0.5).clamp(0.08, 1.0)
}

/// Makes the last bars a cadence towards the last chord, which is the tonic of the whole.
fn close(bars: &mut Vec<Bar>, whole: Style, beat: f64) {
    // A single bar is parted, so that there is somewhere to come home from.
    if let [only] = bars.as_slice()
        && only.beats >= 2
    {
        let first = only.beats / 2;
        let second = Bar { at: only.at + first as f64 * beat, beats: only.beats - first, place: 1, ..only.clone() };
        bars[0].beats = first;
        bars.push(second);
    }
    let count = bars.len();
    let home = Style { tonic: whole.tonic, tempo: whole.tempo, beats: whole.beats, ..whole };
    if let Some(last) = bars.last_mut().filter(|_| count > 1) {
        last.degree = whole.close;
        last.style = home;
        last.energy = (last.energy * 0.75).max(0.2);
    }
    if count > 3 {
        let before = &mut bars[count - 2];
        before.degree = if whole.close == 4 { 3 } else { 5 };
        before.style = home;
    }
}

/// The half steps of a degree of a scale, which may lie octaves above or below.
pub(super) fn half_steps(scale: &Scale, degree: i32) -> i32 {
    scale[degree.rem_euclid(7) as usize] + 12 * degree.div_euclid(7)
}
