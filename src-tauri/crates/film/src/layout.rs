//! Laying the film out: how long every shot is, when every line is heard, where the picture fades. Pure.
//!
//! The storyboard says how long shots should be and the voice how long its lines are. Every shot gets at least the
//! time its lines need with their pauses; what is left goes to the shots in the proportion the storyboard wants. When
//! the voice needs more than the film has, first the pauses shrink, then the film grows a little, then the voice
//! speaks a little faster; only after that the film becomes longer than it was asked to be. Words are never cut.

use serde::{Deserialize, Serialize};
use story::{CardText, LineId, ShotId, Size, TimedLine, TimedShot, Timeline, WordTime};

use crate::captions::{SHORTEST_MS, captions};

/// A spoken line as it was measured.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Voice {
    /// The length of the sound in milliseconds.
    pub duration_ms: u32,
    /// When each word is spoken, from the start of the sound; may be empty.
    pub words: Vec<WordTime>,
}

/// A line heard during a shot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LayoutLine {
    /// The line.
    pub line: LineId,
    /// What is said.
    pub text: String,
    /// Its sound; `None` when nobody speaks it: it then gets the time it takes to read.
    pub voice: Option<Voice>,
}

/// How long a shot should be, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Its share of the film, in the proportion of this.
    Shared(u32),
    /// This long, whatever the film's length; the others get what they would get if it took its share.
    Own {
        /// What its share goes by.
        shared: u32,
        /// How long it is.
        own: u32,
    },
    /// This long, and the film gets longer by it.
    Added(u32),
}

impl Length {
    /// The length it has for itself; a share may be longer or shorter.
    fn ms(self) -> u32 {
        match self {
            Self::Shared(ms) | Self::Added(ms) | Self::Own { own: ms, .. } => ms,
        }
    }
}

/// A shot as the storyboard wants it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LayoutShot {
    /// The shot.
    pub shot: ShotId,
    /// The length it should have; never less than its lines need.
    pub length: Length,
    /// True for the first shot of a scene: the picture fades into it.
    pub starts_scene: bool,
    /// What is heard during it, in order.
    pub lines: Vec<LayoutLine>,
}

/// Everything the timeline is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LayoutRequest {
    /// Frames a second.
    pub fps: u32,
    /// The picture size.
    pub size: Size,
    /// The length asked for, in milliseconds.
    pub target_ms: u32,
    /// The shots in order.
    pub shots: Vec<LayoutShot>,
    /// The lengths of shots that were taken out, in milliseconds: the film is shorter by their share, and the others stay
    /// as long as they were.
    pub cut: Vec<u32>,
    /// The words over the first shot.
    pub title: Option<CardText>,
    /// The words over the last shot; not shown in a film of one shot that has a title.
    pub ending: Option<CardText>,
    /// Whether captions are made.
    pub captions: bool,
}

/// The film laid out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Layout {
    /// The timeline.
    pub timeline: Timeline,
    /// How fast the voice must be played, in percent: 100 is as recorded, at most 115. The lines of the timeline have
    /// their length at this speed already.
    pub voice_tempo_percent: u32,
}

/// The first word is heard after the picture has come up.
const FIRST_LEAD_MS: u32 = 1200;
/// The film ends at least this long after the last word: it fades to black then.
const LAST_TAIL_MS: u32 = 1200;
/// More time for the words of a card.
const CARD_MS: u32 = 1400;
/// No shot is shorter; the eye needs that long to see what it shows.
const SHORTEST_SHOT_MS: u32 = 1000;
/// The voice is never played faster than this, in percent.
const FASTEST: u32 = 115;
/// The length of a cross-fade: 12 frames at 30 a second.
const FADE_MS: u32 = 400;

/// How much room is left around words, in percent of comfortable, and how fast they are played.
#[derive(Debug, Clone, Copy)]
struct Pace {
    pauses: u32,
    tempo: u32,
}

impl Pace {
    fn lead(self, shot: &LayoutShot, first: bool) -> u32 {
        match (first, shot.starts_scene) {
            (true, _) => FIRST_LEAD_MS,
            (_, true) => 500 * self.pauses / 100,
            _ => 300 * self.pauses / 100,
        }
    }

    fn gap(self) -> u32 {
        450 * self.pauses / 100
    }

    fn tail(self, last: bool, ending: bool) -> u32 {
        match (last, ending) {
            (true, true) => LAST_TAIL_MS + CARD_MS * self.pauses / 100,
            (true, _) => LAST_TAIL_MS,
            _ => 300 * self.pauses / 100,
        }
    }

    /// The sound of a line at this speed.
    fn sound(self, line: &LayoutLine) -> u32 {
        match &line.voice {
            Some(voice) => voice.duration_ms * 100 / self.tempo,
            None => reading_ms(&line.text),
        }
    }
}

/// How long it takes to read a caption: 17 letters a second, the usual speed of subtitles.
fn reading_ms(text: &str) -> u32 {
    let cells: usize = text.chars().filter(|c| !c.is_whitespace()).map(crate::rows::cells).sum();
    (cells as u32 * 60).max(SHORTEST_MS)
}

/// Lays the film out. The length is the one asked for, within 2 %, wherever the voice allows it.
pub fn lay_out(request: &LayoutRequest) -> Layout {
    let fps = request.fps.clamp(1, 240);
    let frames = |ms: u32| (u64::from(ms) * u64::from(fps)).div_ceil(1000) as u32;
    let need = |i: usize, pace: Pace| frames(need_ms(request, i, pace)) + 1;
    // Who takes a share: the shots but those that were added, then what was taken out.
    let sharing: Vec<(usize, u32)> = (request.shots.iter().enumerate())
        .filter_map(|(i, shot)| match shot.length {
            Length::Shared(ms) | Length::Own { shared: ms, .. } => Some((i, ms.max(1))),
            Length::Added(_) => None,
        })
        .collect();
    let cut = |ms: &u32| frames((*ms).clamp(SHORTEST_SHOT_MS * 4 / 5, SHORTEST_SHOT_MS)) + 1;
    let needs = |pace: Pace| -> Vec<u32> {
        sharing.iter().map(|(i, _)| need(*i, pace)).chain(request.cut.iter().map(cut)).collect()
    };
    let target = (u64::from(request.target_ms) * u64::from(fps) / 1000) as u32;
    let (pace, total) = choose_pace(target, |pace| needs(pace).iter().sum());
    let wanted: Vec<u32> = sharing.iter().map(|(_, ms)| *ms).chain(request.cut.iter().map(|ms| (*ms).max(1))).collect();
    let shares = share(total, &needs(pace), &wanted);
    let mut lengths: Vec<u32> = vec![0; request.shots.len()];
    for ((i, _), share) in sharing.iter().zip(shares) {
        lengths[*i] = share;
    }
    for (i, shot) in request.shots.iter().enumerate() {
        if let Length::Own { own: ms, .. } | Length::Added(ms) = shot.length {
            lengths[i] = frames(ms).max(need(i, pace));
        }
    }

    let mut timeline = Timeline { fps, size: request.size, shots: Vec::new(), lines: Vec::new() };
    let mut start = 0;
    for (i, (shot, &length)) in request.shots.iter().zip(&lengths).enumerate() {
        let fade = |i: usize| match (request.shots.get(i), i.checked_sub(1).map(|p| lengths[p])) {
            (Some(s), Some(before)) if s.starts_scene => frames(FADE_MS).min(lengths[i] / 2).min(before / 2),
            _ => 0,
        };
        let last = i + 1 == lengths.len();
        let card = if i == 0 && request.title.is_some() { request.title.clone() } else { None };
        let card = card.or_else(|| request.ending.clone().filter(|_| last));
        // The length is rounded on its own, so that a shot that only moves in the film stays the same in itself.
        let from_ms = timeline.ms_at(start);
        let to_ms = from_ms + (u64::from(length) * 1000 / u64::from(fps)) as u32;
        let lines = place_lines(request, i, pace, from_ms, to_ms);
        let mut shown = Vec::new();
        for (n, line) in lines.iter().enumerate().filter(|_| request.captions) {
            let until = lines.get(n + 1).map_or(to_ms, |next| next.start_ms);
            shown.extend(captions(line, request.size, until));
        }
        timeline.lines.extend(lines);
        timeline.shots.push(TimedShot {
            shot: shot.shot.clone(),
            start_frame: start,
            frames: length,
            fade_in_frames: fade(i),
            tail_frames: fade(i + 1),
            card,
            captions: shown,
        });
        start += length;
    }
    Layout { timeline, voice_tempo_percent: pace.tempo }
}

/// The gentlest pace that fits, and the length of the film in frames.
fn choose_pace(target: u32, need: impl Fn(Pace) -> u32) -> (Pace, u32) {
    for pauses in [100, 85, 70, 55, 40] {
        let pace = Pace { pauses, tempo: 100 };
        if need(pace) <= target {
            return (pace, target);
        }
    }
    let longest = target + target / 20;
    for tempo in 100..=FASTEST {
        let pace = Pace { pauses: 40, tempo };
        let needed = need(pace);
        if needed <= longest || tempo == FASTEST {
            return (pace, needed.max(target));
        }
    }
    (Pace { pauses: 40, tempo: FASTEST }, target)
}

/// The least time a shot needs, in milliseconds.
fn need_ms(request: &LayoutRequest, index: usize, pace: Pace) -> u32 {
    let shot = &request.shots[index];
    let (first, last) = (index == 0, index + 1 == request.shots.len());
    if shot.lines.is_empty() {
        let card = if first { &request.title } else { &request.ending };
        let shortest = match (first || last, card) {
            (true, Some(_)) => FIRST_LEAD_MS + CARD_MS * pace.pauses / 100,
            (true, None) => FIRST_LEAD_MS,
            _ => SHORTEST_SHOT_MS * 4 / 5,
        };
        return shot.length.ms().clamp(shortest, shortest.max(SHORTEST_SHOT_MS));
    }
    let slots: u32 = shot.lines.iter().map(|line| slot_ms(request, line, pace)).sum();
    let gaps = pace.gap() * (shot.lines.len() as u32 - 1);
    (pace.lead(shot, first) + slots + gaps + pace.tail(last, request.ending.is_some())).max(SHORTEST_SHOT_MS)
}

/// A line's sound, or the shortest time its caption can be shown.
fn slot_ms(request: &LayoutRequest, line: &LayoutLine, pace: Pace) -> u32 {
    pace.sound(line).max(if request.captions { SHORTEST_MS } else { 0 })
}

/// Puts the lines of a shot into its time; what is left over becomes pauses.
fn place_lines(request: &LayoutRequest, index: usize, pace: Pace, from_ms: u32, to_ms: u32) -> Vec<TimedLine> {
    let shot = &request.shots[index];
    let slack = (to_ms - from_ms).saturating_sub(need_ms(request, index, pace));
    let mut at = from_ms + pace.lead(shot, index == 0) + (slack / 3).min(600);
    let gap = pace.gap() + (slack / (3 * shot.lines.len().max(1) as u32)).min(600);
    let mut placed = Vec::new();
    for line in &shot.lines {
        let scaled = |ms: u32| ms * 100 / pace.tempo;
        let words = line.voice.iter().flat_map(|v| &v.words).map(|w| WordTime {
            word: w.word.clone(),
            start_ms: scaled(w.start_ms),
            end_ms: scaled(w.end_ms),
        });
        placed.push(TimedLine {
            line: line.line.clone(),
            text: line.text.clone(),
            start_ms: at,
            end_ms: at + pace.sound(line),
            words: words.collect(),
        });
        at += slot_ms(request, line, pace) + gap;
    }
    placed
}

/// Shares `total` out in the proportion of `wanted`, giving everyone at least its `needs`. When the needs are more
/// than the total, everyone gets its needs.
fn share(total: u32, needs: &[u32], wanted: &[u32]) -> Vec<u32> {
    if needs.is_empty() || needs.iter().sum::<u32>() >= total {
        return needs.to_vec();
    }
    let at = |scale: f64| needs.iter().zip(wanted).map(move |(&n, &w)| f64::from(n).max(f64::from(w) * scale));
    let (mut low, mut high) = (0.0, f64::from(total));
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if at(middle).sum::<f64>() > f64::from(total) {
            high = middle;
        } else {
            low = middle;
        }
    }
    let mut lengths: Vec<u32> = at(low).map(|x| x as u32).collect();
    // Rounding down left a few frames over; the longest shots do not mind one more.
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(lengths[i]));
    let left = total.saturating_sub(lengths.iter().sum()) as usize;
    for i in 0..left {
        lengths[order[i % order.len()]] += 1;
    }
    lengths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use story::{Aspect, Minter, Seed};

    use super::*;

    /// Shots of (wanted ms, starts scene, voice lengths).
    fn request(target_ms: u32, fps: u32, shots: &[(u32, bool, Vec<u32>)]) -> LayoutRequest {
        let mut ids = Minter::new(Seed::new(5));
        let mut line = |ms: u32| LayoutLine {
            line: ids.line(),
            text: "The lamp had never gone out.".to_owned(),
            voice: (ms > 0).then(|| Voice { duration_ms: ms, words: Vec::new() }),
        };
        let lines: Vec<Vec<LayoutLine>> =
            shots.iter().map(|(_, _, voices)| voices.iter().map(|&ms| line(ms)).collect()).collect();
        let card = |title: &str| Some(CardText { title: title.to_owned(), subtitle: String::new() });
        LayoutRequest {
            fps,
            size: Aspect::Wide.size(720),
            target_ms,
            shots: shots
                .iter()
                .zip(lines)
                .map(|(&(duration_ms, starts_scene, _), lines)| LayoutShot {
                    shot: ids.shot(),
                    length: Length::Shared(duration_ms),
                    starts_scene,
                    lines,
                })
                .collect(),
            cut: Vec::new(),
            title: card("The Lamp"),
            ending: card("The end"),
            captions: true,
        }
    }

    fn check(request: &LayoutRequest) -> Layout {
        let layout = lay_out(request);
        let timeline = &layout.timeline;
        let mut frame = 0;
        for (i, shot) in timeline.shots.iter().enumerate() {
            assert_eq!(shot.start_frame, frame, "no gap, no overlap");
            assert!(shot.frames > 0 && shot.fade_in_frames <= shot.frames);
            assert_eq!(shot.tail_frames, timeline.shots.get(i + 1).map_or(0, |next| next.fade_in_frames));
            frame += shot.frames;
            let (from, to) = (timeline.ms_at(shot.start_frame), timeline.ms_at(frame));
            let heard: Vec<_> = request.shots[i].lines.iter().map(|l| &l.line).collect();
            for line in timeline.lines.iter().filter(|l| heard.contains(&&l.line)) {
                assert!(line.start_ms >= from && line.end_ms <= to, "{line:?} outside {from}..{to}");
            }
            assert!(shot.captions.iter().all(|c| c.start_ms >= from && c.end_ms <= to));
        }
        for pair in timeline.lines.windows(2) {
            assert!(pair[0].end_ms <= pair[1].start_ms, "lines must not overlap");
        }
        let shown: Vec<_> = timeline.shots.iter().flat_map(|s| &s.captions).collect();
        assert!(shown.windows(2).all(|p| p[0].end_ms <= p[1].start_ms), "captions must not overlap");
        assert!(timeline.lines.first().is_none_or(|l| l.start_ms >= FIRST_LEAD_MS));
        assert!((100..=FASTEST).contains(&layout.voice_tempo_percent));
        let texts: Vec<_> = shown.iter().map(|c| c.text.as_str()).collect();
        let narration: Vec<_> = timeline.lines.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts.join(" "), narration.join(" "), "captions are the narration");
        layout
    }

    proptest! {
        #[test]
        fn any_film_is_laid_out_whole(
            shots in prop::collection::vec((0u32..9000, any::<bool>(), prop::collection::vec(0u32..6000, 0..4)), 1..14),
            target in 4000u32..90_000,
            fps in prop::sample::select(vec![12u32, 24, 25, 30, 60]),
        ) {
            let request = request(target, fps, &shots);
            let layout = check(&request);
            let length = layout.timeline.duration_ms();
            prop_assert!(length + 100 >= target, "{length} of {target}");
            if layout.voice_tempo_percent < FASTEST {
                prop_assert!(length <= target + target / 20 + 100, "{length} of {target}");
            }
            if layout.voice_tempo_percent == 100 && length > target + target / 50 {
                // Longer than asked for: then there was really no room.
                let voice: u32 = layout.timeline.lines.iter().map(|l| l.end_ms - l.start_ms).sum();
                let shots = request.shots.len() as u32;
                prop_assert!(voice + shots * 1700 + FIRST_LEAD_MS + LAST_TAIL_MS + CARD_MS > target);
            }
        }
    }

    #[test]
    fn a_film_with_room_has_exactly_the_length_and_the_proportions() {
        let layout =
            check(&request(30_000, 30, &[(4000, true, vec![]), (8000, false, vec![3000]), (4000, true, vec![])]));
        let frames: Vec<u32> = layout.timeline.shots.iter().map(|s| s.frames).collect();
        assert_eq!(frames, [225, 450, 225]);
        assert_eq!(layout.timeline.shots[2].fade_in_frames, 12);
        assert_eq!(layout.timeline.shots[1].fade_in_frames, 0);
        assert_eq!(layout.voice_tempo_percent, 100);
        assert_eq!(layout.timeline.shots[0].card.as_ref().map(|c| c.title.as_str()), Some("The Lamp"));
        assert_eq!(layout.timeline.shots[2].card.as_ref().map(|c| c.title.as_str()), Some("The end"));
    }

    #[test]
    fn a_shot_that_is_added_taken_out_or_timed_moves_no_other() {
        let drafted = [(4000, true, vec![]), (9000, false, vec![3000]), (4000, true, vec![]), (7000, true, vec![2000])];
        let before = request(30_000, 30, &drafted);
        let frames =
            |request: &LayoutRequest| -> Vec<u32> { check(request).timeline.shots.iter().map(|s| s.frames).collect() };
        let was = frames(&before);
        let mut added = before.clone();
        let new = LayoutShot { length: Length::Added(2500), ..added.shots[2].clone() };
        added.shots.insert(2, LayoutShot { shot: Minter::new(Seed::new(9)).shot(), starts_scene: false, ..new });
        assert_eq!(frames(&added), [was[0], was[1], 75, was[2], was[3]]);
        let mut timed = before.clone();
        timed.shots[2].length = Length::Own { shared: 4000, own: 6000 };
        assert_eq!(frames(&timed), [was[0], was[1], 180, was[3]]);
        let mut shorter = before.clone();
        shorter.shots.remove(2);
        shorter.cut.push(4000);
        assert_eq!(frames(&shorter), [was[0], was[1], was[3]]);
        // A length of one's own is never shorter than the words need.
        timed.shots[1].length = Length::Own { shared: 9000, own: 500 };
        assert!(frames(&timed)[1] > 90);
    }

    #[test]
    fn too_much_voice_speaks_faster_before_the_film_grows_far() {
        let shots = vec![(5000, true, vec![5200, 5200]), (5000, true, vec![5200, 5200])];
        let layout = check(&request(22_500, 30, &shots));
        assert!(layout.voice_tempo_percent > 100 && layout.voice_tempo_percent < FASTEST, "{layout:?}");
        let layout = check(&request(8000, 30, &shots));
        assert_eq!(layout.voice_tempo_percent, FASTEST);
        assert!(layout.timeline.duration_ms() > 18_000, "words are never cut");
    }

    #[test]
    fn nothing_to_lay_out_is_an_empty_film() {
        let layout = lay_out(&request(8000, 30, &[]));
        assert_eq!(layout.timeline.frames(), 0);
    }
}
