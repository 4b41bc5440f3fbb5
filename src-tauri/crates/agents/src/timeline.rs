//! The timeline, laid out by the video coordinator: storyboards + spoken lines → every shot and line at its place. What
//! could not be made is left out: a scene without a storyboard, the sound of a line.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{Inputs, Output, TaskContext, TaskError};
use film::{LayoutLine, LayoutRequest, LayoutShot, Length, Voice, lay_out};
use serde::{Deserialize, Serialize};
use story::{Brief, CardText, LineId, Script, ShotId, Storyboard, Timeline};

use crate::agent::{Agent, by_rule};
use crate::crew::FilmFormat;
use crate::documents::SpokenLine;
use crate::revisions::draft_of;

pub(crate) struct LayOut {
    pub(crate) brief: Arc<Brief>,
    pub(crate) format: FilmFormat,
}

/// The timeline and how fast the voice is played on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LaidOut {
    pub(crate) timeline: Timeline,
    pub(crate) voice_tempo_percent: u32,
}

/// Shots in order with their wishes, lines with their measured lengths, the words of the cards.
#[derive(Serialize, Deserialize)]
pub(crate) struct LayOutView {
    format: FilmFormat,
    target_ms: u32,
    title: CardText,
    ending: Option<CardText>,
    shots: Vec<WantedShot>,
    texts: BTreeMap<LineId, String>,
    spoken: Vec<SpokenLine>,
    /// The shots and their lengths as they were drafted, when revisions changed any: the film's length is shared out among
    /// these, so that a shot that is added, taken out or timed moves no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    drafted: Option<Drafted>,
}

/// A shot as far as it has a time. What it shows does not move it.
#[derive(Serialize, Deserialize)]
struct WantedShot {
    shot: ShotId,
    duration_ms: u32,
    starts_scene: bool,
    lines: Vec<LineId>,
}

/// The shots of a scene, in order.
fn wanted(board: Storyboard) -> impl Iterator<Item = WantedShot> {
    board.shots.into_iter().enumerate().map(|(i, shot)| WantedShot {
        shot: shot.id,
        duration_ms: shot.duration_ms,
        starts_scene: i == 0,
        lines: shot.lines,
    })
}

#[derive(Serialize, Deserialize)]
struct Drafted {
    shots: BTreeMap<ShotId, u32>,
    /// The lengths of what was drafted and is not in the film.
    cut: Vec<u32>,
}

impl Drafted {
    /// `None` when the film has the drafted shots with their drafted lengths.
    fn of(inputs: &Inputs, shown: &[WantedShot]) -> Result<Option<Self>, TaskError> {
        let draft: Script = inputs.one(&draft_of("script"))?.read()?;
        let mut shots: BTreeMap<ShotId, u32> = BTreeMap::new();
        let mut scenes = Vec::new();
        for (_, artifact) in inputs.every(&draft_of("board")) {
            let board: Storyboard = artifact.read()?;
            // The shots of a scene that was added were not drafted with the film.
            if draft.scene(&board.scene).is_some() {
                shots.extend(board.shots.iter().map(|s| (s.id.clone(), s.duration_ms)));
                scenes.push(board.scene);
            }
        }
        let in_film = |id: &ShotId| shown.iter().any(|s| &s.shot == id);
        let cut_shots = shots.iter().filter(|(id, _)| !in_film(id)).map(|(_, ms)| *ms);
        let cut_scenes = draft.scenes.iter().filter(|s| !scenes.contains(&s.id)).map(|s| s.duration_ms);
        let cut: Vec<u32> = cut_shots.chain(cut_scenes).collect();
        let same = cut.is_empty() && shown.iter().all(|s| shots.get(&s.shot) == Some(&s.duration_ms));
        Ok((!same).then_some(Self { shots, cut }))
    }
}

#[async_trait]
impl Agent for LayOut {
    const NAME: &'static str = "video_coordinator";
    const VERSION: u32 = 1;
    type View = LayOutView;

    fn view(&self, inputs: &Inputs) -> Result<LayOutView, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let mut shots = Vec::new();
        for (_, artifact) in inputs.every("board") {
            shots.extend(wanted(artifact.read()?));
        }
        let drafted = Drafted::of(inputs, &shots)?;
        let spoken = inputs.every("voice").map(|(_, artifact)| artifact.read()).collect::<Result<_, _>>()?;
        Ok(LayOutView {
            format: self.format,
            target_ms: self.brief.duration_s.value * 1000,
            title: CardText { title: script.title.clone(), subtitle: String::new() },
            ending: (!script.ending.is_empty())
                .then(|| CardText { title: script.ending.clone(), subtitle: String::new() }),
            shots,
            texts: script.lines().map(|l| (l.id.clone(), l.text.clone())).collect(),
            spoken,
            drafted,
        })
    }

    async fn make(&self, view: LayOutView, _: &TaskContext) -> Result<Output, TaskError> {
        let laid = by_rule(move || lay_out(&request(view))).await?;
        Output::document(&LaidOut { timeline: laid.timeline, voice_tempo_percent: laid.voice_tempo_percent })
    }
}

fn request(view: LayOutView) -> LayoutRequest {
    let spoken: BTreeMap<_, _> = view.spoken.into_iter().map(|s| (s.line.clone(), s)).collect();
    let line = |id: &LineId| {
        Some(LayoutLine {
            line: id.clone(),
            text: view.texts.get(id)?.clone(),
            voice: spoken.get(id).map(|s| Voice { duration_ms: s.duration_ms, words: s.words.clone() }),
        })
    };
    let length = |shot: &WantedShot| match view.drafted.as_ref().map(|d| d.shots.get(&shot.shot)) {
        None => Length::Shared(shot.duration_ms),
        Some(None) => Length::Added(shot.duration_ms),
        Some(Some(drafted)) if *drafted == shot.duration_ms => Length::Shared(shot.duration_ms),
        Some(Some(drafted)) => Length::Own { shared: *drafted, own: shot.duration_ms },
    };
    let shots = (view.shots.iter())
        .map(|shot| LayoutShot {
            shot: shot.shot.clone(),
            length: length(shot),
            starts_scene: shot.starts_scene,
            lines: shot.lines.iter().filter_map(line).collect(),
        })
        .collect();
    LayoutRequest {
        fps: view.format.fps,
        size: view.format.size,
        target_ms: view.target_ms,
        shots,
        cut: view.drafted.map(|d| d.cut).unwrap_or_default(),
        title: Some(view.title),
        ending: view.ending,
        captions: true,
    }
}
