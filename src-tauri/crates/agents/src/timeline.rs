//! The timeline, laid out by the video coordinator: storyboards + spoken lines → every shot and line at its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{Inputs, Output, TaskContext, TaskError};
use film::{LayoutLine, LayoutRequest, LayoutShot, Voice, lay_out};
use serde::{Deserialize, Serialize};
use story::{Brief, CardText, LineId, Script, Storyboard, Timeline};

use crate::agent::{Agent, think};
use crate::crew::FilmFormat;
use crate::documents::SpokenLine;

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
    boards: Vec<Storyboard>,
    texts: BTreeMap<LineId, String>,
    spoken: Vec<SpokenLine>,
}

#[async_trait]
impl Agent for LayOut {
    const NAME: &'static str = "video_coordinator";
    const VERSION: u32 = 1;
    type View = LayOutView;

    fn view(&self, inputs: &Inputs) -> Result<LayOutView, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let mut boards = Vec::new();
        for (_, artifact) in inputs.every("board") {
            let mut board: Storyboard = artifact.read()?;
            for shot in &mut board.shots {
                // What a shot shows does not move it.
                shot.action.clear();
                shot.subjects.clear();
            }
            boards.push(board);
        }
        let spoken = inputs.every("voice").map(|(_, artifact)| artifact.read()).collect::<Result<_, _>>()?;
        Ok(LayOutView {
            format: self.format,
            target_ms: self.brief.duration_s.value * 1000,
            title: CardText { title: script.title.clone(), subtitle: String::new() },
            ending: (!script.ending.is_empty())
                .then(|| CardText { title: script.ending.clone(), subtitle: String::new() }),
            boards,
            texts: script.lines().map(|l| (l.id.clone(), l.text.clone())).collect(),
            spoken,
        })
    }

    async fn make(&self, view: LayOutView, _: &TaskContext) -> Result<Output, TaskError> {
        let laid = think(move || lay_out(&request(view))).await?;
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
    let shots = view
        .boards
        .iter()
        .flat_map(|board| {
            board.shots.iter().enumerate().map(|(i, shot)| LayoutShot {
                shot: shot.id.clone(),
                duration_ms: shot.duration_ms,
                starts_scene: i == 0,
                lines: shot.lines.iter().filter_map(line).collect(),
            })
        })
        .collect();
    LayoutRequest {
        fps: view.format.fps,
        size: view.format.size,
        target_ms: view.target_ms,
        shots,
        title: Some(view.title),
        ending: view.ending,
        captions: true,
    }
}
