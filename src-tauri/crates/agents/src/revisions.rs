//! Revisions laid over what agents drafted: between a draft and everybody who reads it.

use std::marker::PhantomData;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{Inputs, Need, Output, TaskContext, TaskError, TaskSpec};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use story::{
    Cast, Change, Clash, Conflict, Line, LineId, Look, Places, Revisable, Revision, Scene, SceneId, Script, Storyboard,
    apply,
};

use crate::agent::{Agent, all_made, one, slot, task};
use crate::wishes::{Page, Wishes};

/// A document with its revisions, as its readers know it.
#[derive(Debug, Serialize, Deserialize)]
struct Revised<T> {
    #[serde(flatten)]
    document: T,
    /// The revisions that could not be laid over. Readers of the document pass over them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<Conflict>,
}

/// A document that is drafted by an agent and revised by the maker.
trait Drafted: Revisable + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Takes up the lines that are heard, where that is part of the document.
    fn hear(&mut self, _lines: &[LineId]) {}
}

impl Drafted for Script {}
impl Drafted for Cast {}
impl Drafted for Places {}
impl Drafted for Look {}
impl Drafted for Storyboard {
    fn hear(&mut self, lines: &[LineId]) {
        Self::hear(self, lines);
    }
}

struct Overlay<T> {
    draft: String,
    revisions: Vec<Revision>,
    /// The scene whose lines are heard, for a storyboard.
    scene: Option<SceneId>,
    document: PhantomData<fn() -> T>,
}

/// The draft and what is laid over it.
#[derive(Serialize, Deserialize)]
#[serde(bound = "T: Serialize + DeserializeOwned")]
struct OverlayView<T> {
    draft: T,
    revisions: Vec<Revision>,
    /// The lines of a scene that revisions may have changed.
    heard: Option<Vec<LineId>>,
}

#[async_trait]
impl<T: Drafted> Agent for Overlay<T> {
    const NAME: &'static str = "revisions";
    const VERSION: u32 = 1;
    const FREE: bool = true;
    type View = OverlayView<T>;

    fn view(&self, inputs: &Inputs) -> Result<OverlayView<T>, TaskError> {
        let draft = inputs.one(&self.draft)?.read()?;
        let mut heard = None;
        if let Some(id) = &self.scene {
            let script: Script = inputs.one("script")?.read()?;
            let scene = script.scene(id);
            let ids = |lines: &[Line]| lines.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
            // Another wording is heard where the one before was.
            let moved = |s: &&Scene| s.drafted.as_ref().is_some_and(|drafted| ids(drafted) != ids(&s.lines));
            heard = scene.filter(|s| moved(s) || !self.revisions.is_empty()).map(|s| ids(&s.lines));
        }
        Ok(OverlayView { draft, revisions: self.revisions.clone(), heard })
    }

    async fn make(&self, view: OverlayView<T>, _: &TaskContext) -> Result<Output, TaskError> {
        let (mut document, conflicts) = apply(&view.draft, &view.revisions);
        if let Some(lines) = &view.heard {
            document.hear(lines);
        }
        Output::document(&Revised { document, conflicts })
    }
}

fn overlay<T: Drafted>(
    name: &str,
    member: &str,
    scene: Option<SceneId>,
    revisions: Vec<Revision>,
) -> Result<TaskSpec, TaskError> {
    let draft = slot(&draft_of(name), member)?;
    let mut needs = vec![Need::One(draft.clone())];
    if scene.is_some() {
        needs.push(one("script")?);
    }
    let agent = Overlay::<T> { draft: draft.as_str().to_owned(), revisions, scene, document: PhantomData };
    Ok(task(slot(name, member)?, "", needs, 0, agent))
}

/// The collection in which the draft of a document is.
pub(crate) fn draft_of(name: &str) -> String {
    format!("{name}_draft")
}

/// The overlays of the documents that there is one of.
pub(crate) fn overlays(wishes: &Wishes) -> Result<Vec<TaskSpec>, TaskError> {
    Ok(vec![
        overlay::<Script>("script", "", None, wishes.revisions_of(Page::Script))?,
        overlay::<Cast>("cast", "", None, wishes.revisions_of(Page::Cast))?,
        overlay::<Places>("places", "", None, wishes.revisions_of(Page::Places))?,
        overlay::<Look>("look", "", None, wishes.revisions_of(Page::Look))?,
    ])
}

/// The overlay of a scene's storyboard.
pub(crate) fn board_overlay(scene: &SceneId, wishes: &Wishes) -> Result<TaskSpec, TaskError> {
    let revisions = wishes.revisions_of(Page::Board(scene));
    overlay::<Storyboard>("board", scene.as_str(), Some(scene.clone()), revisions)
}

/// Gathers the revisions that could not be laid over, those of scenes that are gone included, in one document.
pub(crate) struct Conflicts {
    pub(crate) wishes: Arc<Wishes>,
}

/// What the overlays found, and the revisions whose scene is not in the script.
#[derive(Serialize, Deserialize)]
pub(crate) struct ConflictsView {
    found: Vec<Conflict>,
}

/// The documents that there is one of.
const PAGES: [&str; 4] = ["script", "cast", "places", "look"];

/// Gathers conflicts where there is anything to conflict, from what could be made.
pub(crate) fn conflicts(wishes: &Arc<Wishes>) -> Result<Option<TaskSpec>, TaskError> {
    if wishes.revisions.is_empty() {
        return Ok(None);
    }
    let mut needs = PAGES.iter().map(|name| slot(name, "").map(Need::IfMade)).collect::<Result<Vec<_>, _>>()?;
    needs.push(all_made("board"));
    Ok(Some(task(slot("conflicts", "")?, "", needs, 0, Conflicts { wishes: Arc::clone(wishes) })))
}

#[async_trait]
impl Agent for Conflicts {
    const NAME: &'static str = "revisions";
    const VERSION: u32 = 1;
    const FREE: bool = true;
    type View = ConflictsView;

    fn view(&self, inputs: &Inputs) -> Result<ConflictsView, TaskError> {
        #[derive(Deserialize)]
        struct Beside {
            #[serde(default)]
            conflicts: Vec<Conflict>,
        }
        let mut found: Vec<Conflict> = Vec::new();
        let boards = inputs.every("board").map(|(_, board)| board);
        for document in PAGES.iter().filter_map(|name| inputs.find(name)).chain(boards) {
            found.extend(document.read::<Beside>()?.conflicts);
        }
        if let Some(script) = inputs.find("script") {
            let script: Script = script.read()?;
            let orphans = self.wishes.revisions.iter().filter(|r| match &r.change {
                Change::Board { scene, .. } => script.scene(scene).is_none(),
                _ => false,
            });
            found.extend(orphans.map(|r| Conflict { revision: r.id.clone(), clash: Clash::Gone }));
        }
        let (_, voices) = apply(&story::Voices::default(), &self.wishes.revisions);
        let (_, score) = apply(&story::ScoreWish::default(), &self.wishes.revisions);
        found.extend(voices);
        found.extend(score);
        // In the order in which the revisions were made.
        let place = |c: &Conflict| self.wishes.revisions.iter().position(|r| r.id == c.revision);
        found.sort_by_key(place);
        Ok(ConflictsView { found })
    }

    async fn make(&self, view: ConflictsView, _: &TaskContext) -> Result<Output, TaskError> {
        Output::document(&view.found)
    }
}
