//! The film's sound, mixed by the post-processor: spoken lines at their times + score + what the places sound like → one
//! track. It knows nothing of pictures, so that it is ready before the last clip is.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use builtin::ambience::{AmbienceSection, AmbienceSheet};
use engine::{BlobHash, BlobSource, FailureKind, Inputs, Output, TaskContext, TaskError};
use film::{LineSound, MixOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{LineId, Places, Storyboard, Timeline};

use crate::agent::{Agent, by_rule};
use crate::crew::Crew;
use crate::documents::{Mixed, SpokenLine, role};
use crate::post_processor::film_failure;
use crate::timeline::LaidOut;
use crate::wishes::Wishes;

pub(crate) struct Mix {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
}

/// When what is heard. The timeline tells neither captions nor cards: they are not heard.
#[derive(Serialize, Deserialize)]
pub(crate) struct MixView {
    timeline: Timeline,
    voice_tempo_percent: u32,
    voices: BTreeMap<LineId, BlobHash>,
    music: Option<BlobHash>,
    /// What the places sound like: the sort of place, the hour and the weather, nothing of what is seen there.
    ambience: Option<AmbienceSheet>,
}

/// The timeline as far as it is heard.
fn heard(mut timeline: Timeline) -> Timeline {
    for shot in &mut timeline.shots {
        shot.card = None;
        shot.captions.clear();
    }
    for line in &mut timeline.lines {
        line.text.clear();
        line.words.clear();
    }
    timeline
}

#[async_trait]
impl Agent for Mix {
    const NAME: &'static str = "post_processor";
    const VERSION: u32 = 2;
    type View = MixView;

    fn model(&self) -> Value {
        serde_json::json!({ "encoder": self.crew.ffmpeg.identity() })
    }

    fn view(&self, inputs: &Inputs) -> Result<MixView, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let mut voices = BTreeMap::new();
        for (_, artifact) in inputs.every("voice") {
            let spoken: SpokenLine = artifact.read()?;
            voices.insert(spoken.line, artifact.blob(role::SOUND)?.hash.clone());
        }
        let music = inputs.find("music").map(|music| music.blob(role::SOUND).map(|blob| blob.hash.clone()));
        let ambience = self.ambience(&laid, inputs)?;
        Ok(MixView {
            ambience,
            timeline: heard(laid.timeline),
            voice_tempo_percent: laid.voice_tempo_percent,
            voices,
            music: music.transpose()?,
            ambience,
        })
    }

    async fn make(&self, view: MixView, context: &TaskContext) -> Result<Output, TaskError> {
        let out = context.scratch().join("sound.m4a");
        let lines: Vec<LineSound> = (view.voices.iter())
            .map(|(line, hash)| LineSound { line: line.clone(), file: context.file(hash, "audio/wav") })
            .collect();
        let music = view.music.as_ref().map(|hash| context.file(hash, "audio/wav"));
        let around = context.scratch().join("ambience.wav");
        if let Some(sheet) = view.ambience.clone() {
            play_ambience(sheet, around.clone()).await?;
        }
        let order = MixOrder {
            timeline: &view.timeline,
            lines: &lines,
            music: music.as_deref(),
            ambience: view.ambience.is_some().then_some(around.as_path()),
            stems: None,
            voice_tempo_percent: view.voice_tempo_percent,
        };
        let report = film::mix(&self.crew.ffmpeg, &order, &out, context.token(), &*context.progress_fn())
            .await
            .map_err(|e| film_failure(&e))?;
        let loudness = Some(report.loudness_lufs).filter(|lufs| lufs.is_finite());
        Ok(Output::document(&Mixed { loudness })?.with(role::SOUND, "audio/mp4", BlobSource::File(out)))
    }
}

/// Plays what the places sound like to a file.
async fn play_ambience(sheet: AmbienceSheet, file: PathBuf) -> Result<(), TaskError> {
    by_rule(move || {
        let mut out = BufWriter::new(std::fs::File::create(&file)?);
        builtin::ambience::write(&sheet, &mut out)?;
        out.flush()
    })
    .await?
    .map_err(|e| TaskError::new(FailureKind::Local, format!("the sound of the places cannot be written: {e}")))
}

impl Mix {
    /// What the places of the film sound like; nothing when the maker wants no music either.
    fn ambience(&self, laid: &LaidOut, inputs: &Inputs) -> Result<Option<AmbienceSheet>, TaskError> {
        if self.wishes.score().off {
            return Ok(None);
        }
        let places: Places = inputs.one("places")?.read()?;
        let mut place_of = BTreeMap::new();
        for (_, artifact) in inputs.every("board") {
            let board: Storyboard = artifact.read()?;
            place_of.extend(board.shots.into_iter().map(|shot| (shot.id, shot.place)));
        }
        let mut sections: Vec<AmbienceSection> = Vec::new();
        for timed in &laid.timeline.shots {
            let Some(place) = place_of.get(&timed.shot).and_then(|id| places.get(id)) else { continue };
            let start_ms = laid.timeline.ms_at(timed.start_frame);
            let next = AmbienceSection { start_ms, place: place.kind, time: place.time, weather: place.weather };
            if sections.last().is_none_or(|last| AmbienceSection { start_ms, ..last.clone() } != next) {
                sections.push(next);
            }
        }
        let (duration_ms, seed) = (laid.timeline.duration_ms(), self.wishes.seed("music").fork("ambience"));
        Ok((!sections.is_empty()).then_some(AmbienceSheet { duration_ms, sections, seed }))
    }
}
