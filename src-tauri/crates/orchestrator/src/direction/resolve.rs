//! From changes that are wanted to the edition that would be.

use engine::Slot;
use story::BoardChange;

use crate::describe::described;
use crate::documents::{Documents, revision_id};
use crate::{Change, Edition, FieldChange, change_brief};

use super::Desk;

/// The edition that would be, and what is to be told of it.
pub(super) struct Resolved {
    pub(super) edition: Edition,
    /// What is changed, in words.
    pub(super) words: Vec<String>,
    /// What cannot be changed, in words.
    pub(super) refused: Vec<String>,
    /// What changes in the brief.
    pub(super) brief: Vec<FieldChange>,
    pub(super) documents: Documents,
}

/// Works out the edition that changes would make of another one. `documents` are those of the other one.
pub(super) fn resolve(desk: &Desk, edition: &Edition, documents: Option<Documents>, changes: &[Change]) -> Resolved {
    let mut made = Resolved {
        edition: edition.clone(),
        words: Vec::new(),
        refused: Vec::new(),
        brief: Vec::new(),
        documents: documents.unwrap_or_default(),
    };
    for change in changes {
        let words = described(change, &made.documents, desk.language());
        let done = match change {
            Change::Brief(field) => change_brief(&made.edition.brief, field).map(|brief| made.edition.brief = brief),
            Change::Film(change) => made.revise(change.clone()),
            Change::Board { shot, change } => made.board(shot, change),
            Change::Retake(slot) => {
                let take = takes_made(desk, slot) + 1;
                made.edition.seeds.insert(slot.clone(), take);
                if made.edition.pins.get(slot).is_some_and(|pin| !pin.approved) {
                    made.edition.pins.remove(slot);
                }
                Some(())
            }
            Change::Episode { episode, seconds, mood } => made.episode(*episode, *seconds, *mood),
            Change::ChooseEpisode(episode) => made.choose(*episode),
            Change::Review(review) => {
                made.edition.review = *review;
                Some(())
            }
        };
        match done {
            Some(()) => made.words.push(words),
            None => made.refused.push(words),
        }
    }
    made.brief = fields(&edition.brief, &made.edition.brief);
    made
}

impl Resolved {
    fn revise(&mut self, change: story::Change) -> Option<()> {
        let id = revision_id(&self.edition.revisions, &change)?;
        let revision = self.documents.revise(id, change)?;
        self.edition.revisions.push(revision);
        Some(())
    }

    fn board(&mut self, shot: &story::ShotId, change: &BoardChange) -> Option<()> {
        let scene = self.documents.scene_of_shot(shot)?.clone();
        let change = self.documents.staged(change.clone());
        self.revise(story::Change::Board { scene, change })
    }

    fn episode(&mut self, at: usize, seconds: Option<u32>, mood: Option<story::Mood>) -> Option<()> {
        let series = self.edition.series.as_mut()?;
        series.episodes.get(at)?;
        if let Some(seconds) = seconds {
            series.retime(at, seconds);
        }
        if let Some(mood) = mood {
            series.feel(at, mood);
        }
        let chosen = series.chosen;
        self.choose(chosen)
    }

    fn choose(&mut self, at: usize) -> Option<()> {
        let series = self.edition.series.as_mut()?;
        series.episodes.get(at)?;
        let another = series.chosen != at;
        series.chosen = at;
        self.edition.brief = series.brief_of(at, &self.edition.brief);
        if another {
            // What was changed in one film is not meant for another.
            self.edition.revisions.clear();
            self.edition.pins.clear();
            self.edition.seeds.clear();
        }
        Some(())
    }
}

/// The number of the last take of a slot in any edition, so that another take is never one that was there before.
fn takes_made(desk: &Desk, slot: &Slot) -> u32 {
    let of = |value: &serde_json::Value| value.get("seeds")?.get(slot.as_str())?.as_u64();
    let all = desk.editions().all.iter().filter_map(|edition| of(&edition.value));
    all.max().and_then(|take| u32::try_from(take).ok()).unwrap_or_default()
}

/// The fields in which two briefs differ.
fn fields(before: &story::Brief, after: &story::Brief) -> Vec<FieldChange> {
    let shown = |brief: &story::Brief| {
        let style = match &brief.style {
            _ if !brief.style_words.is_empty() => brief.style_words.clone(),
            Some(style) => style.value.as_str().replace('_', " "),
            None => String::new(),
        };
        let mood = if brief.mood_words.is_empty() { brief.mood.value.as_str() } else { &brief.mood_words };
        let sound = match brief.sound.value {
            story::Sound::Narration => "narration",
            story::Sound::NoVoice => "no voice",
        };
        [
            ("subject", brief.theme.clone()),
            ("style", style),
            ("mood", mood.to_owned()),
            ("length", format!("{} s", brief.duration_s.value)),
            ("shape", brief.aspect.value.as_str().to_owned()),
            ("cast", brief.characters.join(", ")),
            ("language", brief.language.value.code().to_owned()),
            ("sound", sound.to_owned()),
            ("captions", if brief.captions.value { "on" } else { "off" }.to_owned()),
            ("wishes", brief.special.join("; ")),
        ]
    };
    let pairs = shown(before).into_iter().zip(shown(after));
    pairs
        .filter(|(before, after)| before.1 != after.1)
        .map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after })
        .collect()
}
