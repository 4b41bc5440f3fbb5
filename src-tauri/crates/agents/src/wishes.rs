//! What a film is made from: the brief, the maker's revisions, and which takes were asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use story::{Brief, Change, Revision, SceneId, ScoreWish, Seed, Voices, apply};

/// Everything that decides a film, beside the crew that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// What the person wants.
    pub brief: Brief,
    /// What they changed in what came of it, in order.
    #[serde(default)]
    pub revisions: Vec<Revision>,
    /// Retakes, by slot: the number of the take, another for another chance. Slots of frames, clips, voices, portraits and
    /// sets, and the music.
    #[serde(default)]
    pub seeds: BTreeMap<String, u32>,
    /// True to wait for the person after each stage.
    #[serde(default)]
    pub review: bool,
}

/// Which document a revision is laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page<'a> {
    Script,
    Cast,
    Places,
    Look,
    Board(&'a SceneId),
}

impl Wishes {
    /// A brief, straight through, with nothing changed.
    pub fn of(brief: &Brief) -> Self {
        Self { brief: brief.clone(), revisions: Vec::new(), seeds: BTreeMap::new(), review: false }
    }

    /// The revisions of one document, in order.
    pub(crate) fn revisions_of(&self, page: Page<'_>) -> Vec<Revision> {
        let on = |change: &Change| match (page, change) {
            (Page::Script, Change::Script(_))
            | (Page::Cast, Change::Cast(_))
            | (Page::Places, Change::Places(_))
            | (Page::Look, Change::Look(_)) => true,
            (Page::Board(scene), Change::Board { scene: of, .. }) => of == scene,
            _ => false,
        };
        self.revisions.iter().filter(|r| on(&r.change)).cloned().collect()
    }

    /// Who speaks how.
    pub(crate) fn voices(&self) -> Voices {
        apply(&Voices::default(), &self.revisions).0
    }

    /// What the music is like.
    pub(crate) fn score(&self) -> ScoreWish {
        apply(&ScoreWish::default(), &self.revisions).0
    }

    /// The number of a slot's take; 0 is the first.
    pub(crate) fn take(&self, slot: &str) -> u32 {
        self.seeds.get(slot).copied().unwrap_or_default()
    }

    /// The seed of a slot: the film's, until another take is asked for.
    pub(crate) fn seed(&self, slot: &str) -> Seed {
        match self.take(slot) {
            0 => self.brief.seed,
            take => self.brief.seed.fork(&format!("take {take}")),
        }
    }
}
