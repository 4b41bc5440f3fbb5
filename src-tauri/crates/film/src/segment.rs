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
    /// The segment of a shot of the film; `None` when there is no such shot.
    pub fn of(timeline: &Timeline, index: usize) -> Option<Self> {
        let shot = timeline.shots.get(index)?;
        let (first, last) = (index == 0, index + 1 == timeline.shots.len());
        let fps = timeline.fps;
        let frame = |ms: u32| {
            let frame = (u64::from(ms) * u64::from(fps) + 500) / 1000;
            (frame as u32).saturating_sub(shot.start_frame).min(shot.frames)
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
            captions.push(SegmentCaption { text: caption.text.clone(), from, to, soft_in, soft_out: true });
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
