//! Post-processor: segments + sound → the film, looked at before it counts, with subtitles and a poster.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobHash, BlobSource, FailureKind, Inputs, Output, TaskContext, TaskError};
use film::{Chapter, CutOrder, FilmError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{LineId, Script, Storyboard, Timeline};

use crate::agent::Agent;
use crate::crew::Crew;
use crate::documents::{FilmFacts, Missing, MissingPart, Mixed, SpokenLine, role};
use crate::segments::lack;
use crate::slates;
use crate::timeline::LaidOut;
use crate::wishes::Wishes;

pub(crate) struct PostProcessor {
    pub(crate) wishes: Arc<Wishes>,
    /// True when the lines are to be spoken.
    pub(crate) speaks: bool,
    pub(crate) crew: Crew,
}

/// Everything the film is joined from, by hash.
#[derive(Serialize, Deserialize)]
pub(crate) struct FilmView {
    title: String,
    timeline: Timeline,
    segments: Vec<BlobHash>,
    sound: BlobHash,
    loudness: Option<f32>,
    voiced: bool,
    chapters: Vec<(u32, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Missing>,
}

/// A failure of the cut as a task's.
pub(crate) fn film_failure(error: &FilmError) -> TaskError {
    let kind = match error {
        FilmError::Cancelled => FailureKind::Cancelled,
        _ => FailureKind::Local,
    };
    let hint = error.hint();
    TaskError::new(kind, error.to_string()).hint(hint)
}

#[async_trait]
impl Agent for PostProcessor {
    const NAME: &'static str = "post_processor";
    const VERSION: u32 = 1;
    type View = FilmView;

    fn model(&self) -> Value {
        serde_json::json!({ "encoder": self.crew.ffmpeg.identity() })
    }

    fn view(&self, inputs: &Inputs) -> Result<FilmView, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let mut first_shots = BTreeMap::new();
        for (_, artifact) in inputs.every("board") {
            let board: Storyboard = artifact.read()?;
            if let (Some(first), Some(scene)) = (board.shots.first(), script.scene(&board.scene)) {
                first_shots.insert(first.id.clone(), scene.title.clone());
            }
        }
        let chapters = laid
            .timeline
            .shots
            .iter()
            .filter_map(|t| Some((laid.timeline.ms_at(t.start_frame), first_shots.get(&t.shot)?.clone())))
            .collect();
        let mut segments = Vec::new();
        for timed in &laid.timeline.shots {
            segments.push(inputs.one(&format!("segment/{}", timed.shot))?.blob(role::VIDEO)?.hash.clone());
        }
        let mut spoken = BTreeSet::new();
        for (_, artifact) in inputs.every("voice") {
            spoken.insert(artifact.read::<SpokenLine>()?.line);
        }
        let sound = inputs.one("sound")?;
        let missing = self.missing(&script, &laid, &spoken, inputs);
        Ok(FilmView {
            title: script.title,
            timeline: laid.timeline,
            segments,
            sound: sound.blob(role::SOUND)?.hash.clone(),
            loudness: sound.read::<Mixed>()?.loudness,
            voiced: !spoken.is_empty(),
            chapters,
            missing,
        })
    }

    async fn make(&self, view: FilmView, context: &TaskContext) -> Result<Output, TaskError> {
        let ffmpeg = &self.crew.ffmpeg;
        let cancel = context.token();
        let at = |name: &str| context.scratch().join(name);
        let (video, poster) = (at("film.mp4"), at("poster.png"));
        let sound = context.file(&view.sound, "audio/mp4");

        let segments: Vec<PathBuf> = view.segments.iter().map(|hash| context.file(hash, "video/mp4")).collect();
        let chapters: Vec<Chapter> = view
            .chapters
            .iter()
            .map(|(start_ms, title)| Chapter { start_ms: *start_ms, title: title.clone() })
            .collect();
        let order = CutOrder {
            timeline: &view.timeline,
            segments: &segments,
            sound: &sound,
            title: &view.title,
            chapters: &chapters,
            caption_track: false,
        };
        let progress = context.progress_fn();
        film::cut(ffmpeg, &order, &video, cancel, &move |done| progress(done * 0.9))
            .await
            .map_err(|e| film_failure(&e))?;
        film::still(ffmpeg, &video, poster_time(&view.timeline), Some(1280), &poster, cancel)
            .await
            .map_err(|e| film_failure(&e))?;

        let facts = FilmFacts {
            voiced: view.voiced,
            loudness: view.loudness,
            title: view.title,
            timeline: view.timeline,
            missing: view.missing,
        };
        Ok(Output::document(&facts)?
            .with(role::SRT, "application/x-subrip", BlobSource::Bytes(film::srt(&facts.timeline).into_bytes()))
            .with(role::VTT, "text/vtt", BlobSource::Bytes(film::vtt(&facts.timeline).into_bytes()))
            .with(role::POSTER, "image/png", BlobSource::File(poster))
            .with(role::VIDEO, "video/mp4", BlobSource::File(video)))
    }
}

impl PostProcessor {
    /// What the film is cut without.
    fn missing(&self, script: &Script, laid: &LaidOut, spoken: &BTreeSet<LineId>, inputs: &Inputs) -> Vec<Missing> {
        let language = self.wishes.brief.language.value;
        let mut missing = Vec::new();
        let mut note = |part, why: &str| missing.push(Missing { part, why: why.to_owned() });
        for scene in script.scenes.iter().filter(|s| inputs.find(&format!("board/{}", s.id)).is_none()) {
            note(MissingPart::Scene(scene.id.clone()), slates::unmade(language));
        }
        for timed in &laid.timeline.shots {
            if let Some(lack) = lack(inputs, &timed.shot) {
                note(MissingPart::Shot(timed.shot.clone()), lack.why(language));
            }
        }
        for line in laid.timeline.lines.iter().filter(|l| self.speaks && !spoken.contains(&l.line)) {
            note(MissingPart::Line(line.line.clone()), slates::unspoken(language));
        }
        if inputs.find("music").is_none() && !self.wishes.score().off {
            note(MissingPart::Music, slates::unmade(language));
        }
        missing
    }
}

/// A moment in the middle of the shot with the title, when its words are full on: the poster names the film.
fn poster_time(timeline: &Timeline) -> u32 {
    let titled = timeline.shots.iter().find(|s| s.card.is_some()).or(timeline.shots.first());
    titled.map_or(0, |s| timeline.ms_at(s.start_frame + (s.frames / 2).min(timeline.fps * 3 / 2)))
}
