//! A filmed clip: ordered of a video model on another machine, looked at when it comes.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobHash, BlobSource, FailureKind, Inputs, Need, Output, Quote, TaskContext, TaskError};
use film::Probe;
use models::{ClipRequest, Lengths, VideoModel};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{Look, Place, Places, SceneId, Script, Seed, Shot, ShotId, Size};

use crate::agent::{Agent, identity, member, one};
use crate::bridge::job;
use crate::camera_images::{cast_of, no_place, shot_of, told};
use crate::crew::{Crew, FilmFormat};
use crate::documents::role;
use crate::pictures::gentler;
use crate::post_processor::film_failure;
use crate::quotes;
use crate::video_coordinator;
use crate::wishes::Wishes;
use crate::wording::clip_words;

/// About the length of a shot, in milliseconds, before it is drawn.
const USUAL_MS: (u32, u32) = (3000, 6000);
/// Time around a spoken line.
const AROUND_MS: u32 = 500;

pub(crate) struct FilmedClip {
    model: Arc<dyn VideoModel>,
    scene: SceneId,
    shot: ShotId,
    /// The length that the storyboard wants, for a quote.
    drafted_ms: u32,
    wishes: Arc<Wishes>,
    crew: Crew,
    format: FilmFormat,
}

/// The frame by its hash, the shot as far as it moves, and how long.
#[derive(Serialize, Deserialize)]
pub(crate) struct ClipView {
    frame: BlobHash,
    shot: Shot,
    place: Place,
    look: Look,
    size: Size,
    fps: u32,
    frames: u32,
    seed: Seed,
    /// The order in words.
    prompt: String,
}

/// What a clip costs before its shot is known.
pub(crate) fn usual_quotes(model: &dyn VideoModel) -> Vec<Quote> {
    let order = |ms| ordered_ms(&model.lengths(), ms);
    quotes::clip(model, (order(USUAL_MS.0), order(USUAL_MS.1)))
}

/// The length to order for a clip of about so many milliseconds, in whole seconds. A twentieth less than wanted will do:
/// the last picture is held for as long.
fn ordered_ms(lengths: &Lengths, ms: u32) -> u32 {
    lengths.order(Lengths::WholeSeconds.order(ms - ms / 20))
}

impl FilmedClip {
    pub(crate) fn new(
        model: &Arc<dyn VideoModel>,
        shot: &Shot,
        scene: &SceneId,
        (wishes, crew): (&Arc<Wishes>, &Crew),
        format: FilmFormat,
    ) -> Self {
        Self {
            model: Arc::clone(model),
            scene: scene.clone(),
            shot: shot.id.clone(),
            drafted_ms: shot.duration_ms,
            wishes: Arc::clone(wishes),
            crew: crew.clone(),
            format,
        }
    }

    pub(crate) fn needs(&self) -> Result<Vec<Need>, TaskError> {
        Ok(vec![
            member("frame", self.shot.as_str())?,
            member("board", self.scene.as_str())?,
            one("places")?,
            one("look")?,
            one("script")?,
            one("cast")?,
        ])
    }

    /// How many frames are ordered: for the length that the storyboard wants, or that its own lines take by their words.
    fn frames_ordered(&self, shot: &Shot, inputs: &Inputs) -> Result<u32, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let language = self.wishes.brief.language.value;
        let lines = script.lines().filter(|line| shot.lines.contains(&line.id));
        let spoken: u32 = lines.map(|line| builtin::writer::speech_ms(&line.text, language) + AROUND_MS).sum();
        let ms = ordered_ms(&self.model.lengths(), shot.duration_ms.max(spoken));
        Ok((u64::from(ms) * u64::from(self.format.fps) / 1000) as u32)
    }
}

#[async_trait]
impl Agent for FilmedClip {
    const NAME: &'static str = video_coordinator::NAME;
    const VERSION: u32 = 1;
    type View = ClipView;

    fn is_remote(&self) -> bool {
        true
    }

    fn model(&self) -> Value {
        identity(&self.model.identity())
    }

    fn quotes(&self) -> Vec<Quote> {
        let ms = ordered_ms(&self.model.lengths(), self.drafted_ms);
        quotes::clip(self.model.as_ref(), (ms, ms))
    }

    fn view(&self, inputs: &Inputs) -> Result<ClipView, TaskError> {
        let shot = shot_of(inputs, &self.scene, &self.shot)?;
        let places: Places = inputs.one("places")?.read()?;
        let place = places.get(&shot.place).ok_or_else(|| no_place(&shot))?.clone();
        let look: Look = inputs.one("look")?.read()?;
        let prompt = clip_words(&shot, &cast_of(&shot, &inputs.one("cast")?.read()?), &place, &look);
        Ok(ClipView {
            frame: inputs.one(&format!("frame/{}", self.shot))?.blob(role::PICTURE)?.hash.clone(),
            frames: self.frames_ordered(&shot, inputs)?,
            shot: told(&shot),
            place,
            look,
            size: self.format.size,
            fps: self.format.fps,
            seed: self.wishes.seed(&format!("clip/{}", self.shot)),
            prompt,
        })
    }

    async fn make(&self, view: ClipView, context: &TaskContext) -> Result<Output, TaskError> {
        let request = ClipRequest {
            frame: context.read(&view.frame, "image/png").await?,
            prompt: view.prompt,
            shot: view.shot,
            place: view.place,
            look: view.look,
            size: view.size,
            fps: view.fps,
            frames: view.frames,
            seed: view.seed,
        };
        let out = context.scratch().join("clip.mp4");
        let bytes = self.animate(request, context).await?;
        tokio::fs::write(&out, bytes)
            .await
            .map_err(|e| TaskError::new(FailureKind::Local, format!("{} cannot be written: {e}", out.display())))?;
        let seen = self.look_at(&out, context).await?;
        Ok(Output::document(&seen)?.with(role::VIDEO, "video/mp4", BlobSource::File(out)))
    }
}

impl FilmedClip {
    /// An order that is refused is softened once; then the refusal stands.
    async fn animate(&self, request: ClipRequest, context: &TaskContext) -> Result<Vec<u8>, TaskError> {
        let video = &self.model;
        let error = match job(context, |job| video.animate(request.clone(), job)).await {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        match gentler(&request.prompt, &error, true) {
            Some(prompt) => job(context, |job| video.animate(ClipRequest { prompt, ..request }, job)).await,
            None => Err(error),
        }
    }

    /// What is in a file from outside, which counts only when it can be played to its end.
    async fn look_at(&self, file: &Path, context: &TaskContext) -> Result<Probe, TaskError> {
        let who = self.model.identity();
        let spoilt = |what: String| {
            TaskError::new(FailureKind::Spoilt, format!("the clip that {who} made cannot be used: {what}"))
                .hint("Try again; it may cost again.")
        };
        match film::play_through(&self.crew.ffmpeg, file, context.token()).await {
            Ok(seen) => Ok(seen),
            Err(film::FilmError::Unusable { detail, .. }) => Err(spoilt(detail)),
            Err(other) => Err(film_failure(&other)),
        }
    }
}
