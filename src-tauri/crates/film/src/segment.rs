//! A segment: one shot as it is encoded for the film, in its own frames.
//!
//! It tells nothing about where the shot lies in the film, so that a shot that only moved needs no new encoding.

use serde::{Deserialize, Serialize};
use story::{CardText, Size, Timeline};

/// A caption during a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SegmentCaption {
    /// The words.
    pub text: String,
    /// The first frame that shows it, from the start of the segment.
    pub from: u32,
    /// The frame after the last that shows it.
    pub to: u32,
    /// Whether it fades in; a caption that follows another at once does not.
    pub soft_in: bool,
    /// Whether it fades out.
    pub soft_out: bool,
    /// The frame from which each of its words is heard, as spaces part them; empty where that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<u32>,
}

/// A card over a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SegmentCard {
    /// The words.
    pub text: CardText,
    /// The first frame that shows it, from the start of the segment.
    pub from: u32,
    /// The frame after the last that shows it.
    pub to: u32,
    /// Whether it fades out; the end card goes with the picture.
    pub soft_out: bool,
}

/// Everything that decides how a shot's clip becomes its part of the film.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Segment {
    /// The picture size.
    pub size: Size,
    /// Frames a second.
    pub fps: u32,
    /// How many frames it has.
    pub frames: u32,
    /// Over how many of its first frames the clip before fades into it; 0 is a cut.
    pub fade_in_frames: u32,
    /// Where in the clip before the fading frames start; 0 without a fade.
    pub previous_from: u32,
    /// The captions that are burned in. Empty them for a film whose captions are a track or a file.
    pub captions: Vec<SegmentCaption>,
    /// The card over it.
    pub card: Option<SegmentCard>,
    /// Over how many frames it comes up from black.
    pub from_black: u32,
    /// Over how many frames it goes to black.
    pub to_black: u32,
}

impl Segment {
    /// A clip by itself: no fade, no words.
    pub fn plain(size: Size, fps: u32, frames: u32) -> Self {
        Self {
            size,
            fps,
            frames,
            fade_in_frames: 0,
            previous_from: 0,
            captions: Vec::new(),
            card: None,
            from_black: 0,
            to_black: 0,
        }
    }

    /// The segment of a shot of the film; `None` when there is no such shot.
    pub fn of(timeline: &Timeline, index: usize) -> Option<Self> {
        let shot = timeline.shots.get(index)?;
        let (first, last) = (index == 0, index + 1 == timeline.shots.len());
        let fps = timeline.fps;
        let start_ms = timeline.ms_at(shot.start_frame);
        let frame = |ms: u32| {
            let frame = (u64::from(ms.saturating_sub(start_ms)) * u64::from(fps) + 500) / 1000;
            (frame as u32).min(shot.frames)
        };
        let mut captions: Vec<SegmentCaption> = Vec::new();
        for caption in &shot.captions {
            let (from, to) = (frame(caption.start_ms), frame(caption.end_ms));
            if to <= from {
                continue;
            }
            let mut soft_in = true;
            if let Some(before) = captions.last_mut().filter(|before| before.to == from) {
                before.soft_out = false;
                soft_in = false;
            }
            let said = caption.said_ms.iter().map(|ms| frame(*ms).clamp(from, to)).collect();
            captions.push(SegmentCaption { text: caption.text.clone(), from, to, soft_in, soft_out: true, said });
        }
        let seconds = |s: f64| (s * f64::from(fps)).round() as u32;
        let card = shot.card.clone().map(|text| {
            let (from, to) = if first {
                (seconds(0.4).min(shot.frames / 4), seconds(3.4).min(shot.frames))
            } else {
                // After the last caption, when that leaves time to read the card.
                let free = captions.last().map_or(0, |c| c.to);
                let from = shot.frames.saturating_sub(seconds(3.2));
                (from.max(free.min(shot.frames.saturating_sub(seconds(2.0)))), shot.frames)
            };
            SegmentCard { text, from, to, soft_out: first }
        });
        let previous = index.checked_sub(1).and_then(|p| timeline.shots.get(p));
        Some(Self {
            size: timeline.size,
            fps,
            frames: shot.frames,
            fade_in_frames: shot.fade_in_frames,
            previous_from: previous.filter(|_| shot.fade_in_frames > 0).map_or(0, |p| p.frames),
            captions,
            card,
            from_black: if first { seconds(0.5).min(shot.frames / 3) } else { 0 },
            to_black: if last { seconds(0.7).min(shot.frames / 3) } else { 0 },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use story::{Aspect, Minter, Seed};

    use super::*;
    use crate::{LayoutLine, LayoutRequest, LayoutShot, Length, Voice, lay_out};

    /// A film of a silent shot and one with two lines.
    fn film(fps: u32, first_frames: u32, second_ms: u32) -> Timeline {
        let mut ids = Minter::new(Seed::new(2));
        let text = "The keeper climbed the stairs every night, and nobody on the mainland knew why the lamp had never \
                    once gone out.";
        let mut line = || LayoutLine {
            line: ids.line(),
            text: text.to_owned(),
            voice: Some(Voice { duration_ms: 4321, words: Vec::new() }),
        };
        let lines = vec![line(), line()];
        let first_ms = first_frames * 1000 / fps;
        let shot = |ids: &mut Minter, duration_ms, lines| LayoutShot {
            shot: ids.shot(),
            length: Length::Shared(duration_ms),
            starts_scene: false,
            lines,
        };
        let shots = vec![shot(&mut ids, first_ms, Vec::new()), shot(&mut ids, second_ms, lines)];
        let size = Aspect::Wide.size(720);
        let target_ms = first_ms + second_ms;
        lay_out(&LayoutRequest {
            fps,
            size,
            target_ms,
            shots,
            cut: Vec::new(),
            title: None,
            ending: None,
            captions: true,
        })
        .timeline
    }

    proptest! {
        #[test]
        fn a_shot_that_only_moved_is_the_same_segment(
            fps in prop::sample::select(vec![24u32, 25, 30]),
            before in 60u32..400,
            after in 60u32..400,
        ) {
            let (here, mut there) = (film(fps, before, 13_000), film(fps, after, 13_000));
            // Rounding may give the shot one frame more in one of the films; then it is another shot.
            prop_assume!(here.shots[1].frames == there.shots[1].frames);
            there.shots[1].shot = here.shots[1].shot.clone();
            prop_assert_eq!(Segment::of(&here, 1), Segment::of(&there, 1));
        }
    }

    #[test]
    fn captions_that_follow_each_other_do_not_blink() {
        let segment = Segment::of(&film(30, 60, 13_000), 1).unwrap();
        assert_eq!(segment.captions.len(), 4, "{:?}", segment.captions);
        let soft: Vec<_> = segment.captions.iter().map(|c| (c.soft_in, c.soft_out)).collect();
        assert_eq!(soft, [(true, false), (false, true), (true, false), (false, true)]);
        assert!(segment.captions.windows(2).all(|c| c[0].to <= c[1].from));
        assert_eq!((segment.from_black, segment.to_black), (0, 21));
        assert_eq!(Segment::of(&film(30, 60, 13_000), 2), None);
    }
}
