//! The film's documents as the maker sees them: what the agents drafted, with the maker's revisions laid over.

use std::collections::BTreeMap;

use engine::{Artifact, Slot};
use library::{Library, LibraryError, ProjectId};
use serde::de::DeserializeOwned;
use story::{
    BoardChange, Cast, Change, Clash, Conflict, Line, LineId, Look, Places, Revisable, Revision, RevisionId, Scene,
    SceneId, ScoreWish, Script, Seed, Shot, ShotId, Storyboard, Target, Voices, apply,
};

/// Script, cast, places, look and storyboards.
#[derive(Debug, Clone)]
pub(crate) struct Documents {
    pub(crate) script: Script,
    pub(crate) cast: Cast,
    pub(crate) places: Places,
    pub(crate) look: Look,
    pub(crate) boards: BTreeMap<SceneId, Storyboard>,
    pub(crate) voices: Voices,
    pub(crate) score: ScoreWish,
    /// What could not be laid over.
    pub(crate) conflicts: Vec<Conflict>,
}

/// Nothing is written yet.
impl Default for Documents {
    fn default() -> Self {
        let script = Script {
            title: String::new(),
            logline: String::new(),
            kind: story::Kind::default(),
            ending: String::new(),
            speaking: Vec::new(),
            scenes: Vec::new(),
        };
        Self {
            script,
            cast: Cast::default(),
            places: Places::default(),
            look: Look::default(),
            boards: BTreeMap::new(),
            voices: Voices::default(),
            score: ScoreWish::default(),
            conflicts: Vec::new(),
        }
    }
}

/// The document in a slot, drafted or else as an older film has it.
fn read<T: DeserializeOwned>(found: &BTreeMap<Slot, Artifact>, name: &str) -> Option<T> {
    let of = |wanted: String| found.iter().find(|(slot, _)| slot.as_str() == wanted).map(|(_, artifact)| artifact);
    of(format!("{name}_draft")).or_else(|| of(name.to_owned())).and_then(|artifact| artifact.read().ok())
}

impl Documents {
    /// The documents of a project; `None` while there is no script.
    pub(crate) async fn of(
        library: &Library,
        project: &ProjectId,
        revisions: &[Revision],
    ) -> Result<Option<Self>, LibraryError> {
        let names = ["script", "cast", "places", "look"];
        let slots = names.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_draft")]);
        let found = library.results(project, slots.filter_map(|name| Slot::new(name).ok()).collect()).await?;
        let Some(script) = read::<Script>(&found, "script") else { return Ok(None) };
        let mut boards = library.collection(project, "board").await?;
        boards.extend(library.collection(project, "board_draft").await?);
        let boards = boards.values().filter_map(|artifact| artifact.read::<Storyboard>().ok());
        let drafted = Self {
            script,
            cast: read(&found, "cast").unwrap_or_default(),
            places: read(&found, "places").unwrap_or_default(),
            look: read(&found, "look").unwrap_or_default(),
            boards: boards.map(|board| (board.scene.clone(), board)).collect(),
            ..Self::default()
        };
        Ok(Some(drafted.revised(revisions)))
    }

    fn revised(self, revisions: &[Revision]) -> Self {
        let mut conflicts = Vec::new();
        let mut note = |found: Vec<Conflict>| conflicts.extend(found);
        let (script, found) = apply(&self.script, revisions);
        note(found);
        let (cast, found) = apply(&self.cast, revisions);
        note(found);
        let (places, found) = apply(&self.places, revisions);
        note(found);
        let (look, found) = apply(&self.look, revisions);
        note(found);
        let boards = self.boards.into_iter().map(|(scene, board)| {
            let (board, found) = apply(&board, revisions);
            note(found);
            (scene, board)
        });
        let boards = boards.collect();
        // A scene that is gone took its storyboard with it.
        let orphaned = revisions.iter().filter(|revision| match &revision.change {
            Change::Board { scene, .. } => script.scene(scene).is_none(),
            _ => false,
        });
        conflicts.extend(orphaned.map(|r| Conflict { revision: r.id.clone(), clash: Clash::Gone }));
        let (voices, _) = apply(&self.voices, revisions);
        let (score, _) = apply(&self.score, revisions);
        Self { script, cast, places, look, boards, voices, score, conflicts }
    }

    /// Lays one change over, if it finds its target; gives the revision for it.
    pub(crate) fn revise(&mut self, id: RevisionId, change: Change) -> Option<Revision> {
        fn lay<T: Revisable>(document: &mut T, id: RevisionId, change: Change) -> Option<Revision> {
            let Target::Is(_) = document.target(&change) else { return None };
            let revision = Revision::of(id, change, document)?;
            let (revised, _) = apply(document, std::slice::from_ref(&revision));
            *document = revised;
            Some(revision)
        }
        match &change {
            Change::Script(_) => lay(&mut self.script, id, change),
            Change::Cast(_) => lay(&mut self.cast, id, change),
            Change::Places(_) => lay(&mut self.places, id, change),
            Change::Look(_) => lay(&mut self.look, id, change),
            Change::Voice(_) => lay(&mut self.voices, id, change),
            Change::Score(_) => lay(&mut self.score, id, change),
            Change::Board { scene, .. } => lay(self.boards.get_mut(&scene.clone())?, id, change),
        }
    }

    /// The scenes, in order.
    pub(crate) fn scenes(&self) -> &[Scene] {
        &self.script.scenes
    }

    /// The shots with the number of their scene from 1, in the order of the film.
    pub(crate) fn shots(&self) -> Vec<(usize, &Shot)> {
        let of = |(at, scene): (usize, &Scene)| {
            self.boards.get(&scene.id).into_iter().flat_map(move |b| b.shots.iter().map(move |shot| (at + 1, shot)))
        };
        self.scenes().iter().enumerate().flat_map(of).collect()
    }

    /// A shot by its number in the film, from 1.
    pub(crate) fn shot_numbered(&self, number: u32) -> Option<&Shot> {
        self.shots().get(number.checked_sub(1)? as usize).map(|(_, shot)| *shot)
    }

    /// The number of a shot in the film, from 1; 0 when it is not there.
    pub(crate) fn number_of_shot(&self, id: &ShotId) -> u32 {
        self.shots().iter().position(|(_, shot)| &shot.id == id).map_or(0, |at| at as u32 + 1)
    }

    /// The number of a scene, from 1; 0 when it is not there.
    pub(crate) fn number_of_scene(&self, id: &SceneId) -> u32 {
        self.scenes().iter().position(|scene| &scene.id == id).map_or(0, |at| at as u32 + 1)
    }

    /// The number of a line in the film, from 1; 0 when it is not there.
    pub(crate) fn number_of_line(&self, id: &LineId) -> u32 {
        self.script.lines().position(|line| &line.id == id).map_or(0, |at| at as u32 + 1)
    }

    /// A line by its number in the film, from 1.
    pub(crate) fn line_numbered(&self, number: u32) -> Option<&Line> {
        self.script.lines().nth(number.checked_sub(1)? as usize)
    }

    /// The scene that a shot is in.
    pub(crate) fn scene_of_shot(&self, id: &ShotId) -> Option<&SceneId> {
        self.boards.iter().find(|(_, board)| board.shots.iter().any(|shot| &shot.id == id)).map(|(scene, _)| scene)
    }

    /// A shot.
    pub(crate) fn shot(&self, id: &ShotId) -> Option<&Shot> {
        self.boards.values().flat_map(|board| &board.shots).find(|shot| &shot.id == id)
    }

    /// Fills in who is in the picture of a shot that is inserted, from what happens in it; nobody named, those of the shot
    /// before.
    pub(crate) fn staged(&self, change: BoardChange) -> BoardChange {
        let BoardChange::Insert { after, mut shot } = change else { return change };
        if shot.subjects.is_empty() {
            let before = after.as_ref().and_then(|id| self.shot(id));
            let subjects = before.map(|b| b.subjects.clone()).unwrap_or_default();
            let named: Vec<_> = self.named_in(&shot.action);
            let of = |subject: &story::Subject| match &subject.of {
                story::SubjectOf::Cast(id) => named.contains(&id),
                story::SubjectOf::Prop(_) => false,
            };
            let mut seen: Vec<_> = subjects.iter().filter(|s| of(s)).cloned().collect();
            let added = named.iter().filter(|id| !seen.iter().any(|s| s.of == story::SubjectOf::Cast((**id).clone())));
            let added: Vec<_> = added.map(|id| subject((*id).clone())).collect();
            seen.extend(added);
            shot.subjects = if seen.is_empty() { subjects } else { seen };
        }
        BoardChange::Insert { after, shot }
    }

    /// True for what belongs to a shot, a scene or a line that is taken out.
    pub(crate) fn lacks(&self, slot: &Slot) -> bool {
        let member = slot.member().to_owned();
        match slot.collection().as_str() {
            "frame" | "clip" | "segment" => ShotId::try_from(member).is_ok_and(|id| self.shot(&id).is_none()),
            "board" | "board_draft" => SceneId::try_from(member).is_ok_and(|id| self.script.scene(&id).is_none()),
            "voice" => LineId::try_from(member).is_ok_and(|id| self.script.lines().all(|line| line.id != id)),
            _ => false,
        }
    }

    /// The members of the cast that a text names, in the order of the cast.
    pub(crate) fn named_in(&self, text: &str) -> Vec<&story::CastId> {
        let said = format!(" {} ", story::words(text).join(" "));
        let called = |member: &&story::Character| {
            let names = [&member.name, &member.noun].into_iter().chain(&member.aliases).chain(&member.drawn_as);
            names.map(|n| story::words(n).join(" ")).any(|n| {
                let bare = n.strip_prefix("the ").unwrap_or(&n);
                !bare.is_empty() && (said.contains(&format!(" {bare} ")) || said.contains(&format!(" {bare}'s ")))
            })
        };
        self.cast.members.iter().filter(called).map(|member| &member.id).collect()
    }
}

fn subject(cast: story::CastId) -> story::Subject {
    story::Subject {
        of: story::SubjectOf::Cast(cast),
        pose: story::Pose::default(),
        facing: story::Facing::default(),
        holding: String::new(),
    }
}

/// The id of a change to an edition: the same change to the same edition has the same one, so that a change that is taken
/// back and made again finds what it made before.
pub(crate) fn revision_id(earlier: &[Revision], change: &Change) -> Option<RevisionId> {
    let text = serde_json::to_string(&(earlier.last().map(|r| &r.id), earlier.len(), change)).ok()?;
    let digest = Seed::new(1).fork(&text).value() & 0xffff_ffff_ffff;
    RevisionId::try_from(format!("rv_{digest:012x}")).ok()
}
