//! Post-processor: segments + voice + score → the film, looked at before it counts, with subtitles and a poster.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use builtin::ambience::{AmbienceSection, AmbienceSheet};
use engine::{BlobHash, BlobSource, FailureKind, Inputs, Output, TaskContext, TaskError};
use film::{Chapter, CutOrder, FilmError, LineSound, MixOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{LineId, Places, Script, Storyboard, Timeline};

use crate::agent::{Agent, by_rule};
use crate::crew::Crew;
use crate::documents::{FilmFacts, Missing, MissingPart, SpokenLine, role};
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
    voice_tempo_percent: u32,
    segments: Vec<BlobHash>,
    voices: BTreeMap<LineId, BlobHash>,
    music: Option<BlobHash>,
    ambience: Option<AmbienceSheet>,
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
    const VERSION: u32 = 2;
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
        let ambience = self.ambience(&laid, inputs)?;
        let mut segments = Vec::new();
        for timed in &laid.timeline.shots {
            segments.push(inputs.one(&format!("segment/{}", timed.shot))?.blob(role::VIDEO)?.hash.clone());
        }
        let mut voices = BTreeMap::new();
        for (_, artifact) in inputs.every("voice") {
            let spoken: SpokenLine = artifact.read()?;
            voices.insert(spoken.line, artifact.blob(role::SOUND)?.hash.clone());
        }
        let missing = self.missing(&script, &laid, &voices, inputs);
        Ok(FilmView {
            title: script.title,
            timeline: laid.timeline,
            voice_tempo_percent: laid.voice_tempo_percent,
            segments,
            voices,
            music: music(inputs)?,
            ambience,
            chapters,
            missing,
        })
    }

    async fn make(&self, view: FilmView, context: &TaskContext) -> Result<Output, TaskError> {
        let ffmpeg = &self.crew.ffmpeg;
        let cancel = context.token();
        let at = |name: &str| context.scratch().join(name);
        let (sound, video, poster) = (at("sound.m4a"), at("film.mp4"), at("poster.png"));

        let lines: Vec<LineSound> = view
            .voices
            .iter()
            .map(|(line, hash)| LineSound { line: line.clone(), file: context.file(hash, "audio/wav") })
            .collect();
        let music = view.music.as_ref().map(|hash| context.file(hash, "audio/wav"));
        let around = at("ambience.wav");
        if let Some(sheet) = view.ambience.clone() {
            play_ambience(sheet, around.clone()).await?;
        }
        let mix = MixOrder {
            timeline: &view.timeline,
            lines: &lines,
            music: music.as_deref(),
            ambience: view.ambience.is_some().then_some(around.as_path()),
            stems: None,
            voice_tempo_percent: view.voice_tempo_percent,
        };
        let progress = context.progress_fn();
        let report = film::mix(ffmpeg, &mix, &sound, cancel, &move |done| progress(done * 0.7))
            .await
            .map_err(|e| film_failure(&e))?;

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
        film::cut(ffmpeg, &order, &video, cancel, &move |done| progress(0.7 + done * 0.25))
            .await
            .map_err(|e| film_failure(&e))?;
        film::still(ffmpeg, &video, poster_time(&view.timeline), Some(1280), &poster, cancel)
            .await
            .map_err(|e| film_failure(&e))?;

        let facts = FilmFacts {
            voiced: !view.voices.is_empty(),
            loudness: report.loudness_lufs,
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

/// The score, when there is one.
fn music(inputs: &Inputs) -> Result<Option<BlobHash>, TaskError> {
    inputs.find("music").map(|music| music.blob(role::SOUND).map(|blob| blob.hash.clone())).transpose()
}

impl PostProcessor {
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

    /// What the film is cut without.
    fn missing(
        &self,
        script: &Script,
        laid: &LaidOut,
        voices: &BTreeMap<LineId, BlobHash>,
        inputs: &Inputs,
    ) -> Vec<Missing> {
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
        for line in laid.timeline.lines.iter().filter(|l| self.speaks && !voices.contains_key(&l.line)) {
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
