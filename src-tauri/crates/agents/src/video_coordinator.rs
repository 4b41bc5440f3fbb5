//! Video coordinator: a shot's frame + its motion → its clip, by a video model or by animating the frame.
//!
//! A clip that is drawn here is as long as the timeline says, to the frame. One that another machine makes is ordered by
//! the storyboard, in the lengths that its model makes, and cut to the timeline later: what is said in other shots, and
//! how long, never makes it be paid for again.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    AgentName, BlobHash, BlobSource, Collection, Expand, FailureKind, Inputs, Need, Output, Promise, Quote,
    TaskContext, TaskError, TaskSpec, Work,
};
use film::{FrameOrder, Probe};
use models::{ClipReply, ClipRequest, Lengths};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{Look, Place, Places, SceneId, Script, Seed, Shot, ShotId, Size, Storyboard};

use crate::agent::{Agent, alone, every, identity, member, one, slot, task};
use crate::bridge::job;
use crate::camera_images::{cast_of, drawn, no_place, shot_of};
use crate::crew::{Crew, FilmFormat};
use crate::documents::role;
use crate::graph::Estimate;
use crate::pictures::gentler;
use crate::post_processor::film_failure;
use crate::quotes;
use crate::timeline::LaidOut;
use crate::wishes::Wishes;
use crate::wording::clip_words;

/// Gives one expand task for each scene: the clips of a scene can be made as soon as its own frames are there.
pub(crate) struct Clips {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
    pub(crate) format: FilmFormat,
    pub(crate) estimate: Estimate,
}

/// About what a clip takes per second of film, on one core.
const WEIGHT_PER_S: u32 = 500;
/// About the length of a shot, in milliseconds, before it is drawn.
const USUAL_MS: (u32, u32) = (3000, 6000);

impl Expand for Clips {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("clip")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        script
            .scenes
            .iter()
            .map(|scene| {
                let id = scene.id.as_str();
                let clips = ClipsOfScene {
                    scene: scene.id.clone(),
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                    format: self.format,
                };
                Ok(TaskSpec {
                    slot: slot("clips_of", id)?,
                    agent: AgentName::from(Clip::NAME),
                    title: scene.title.clone(),
                    needs: vec![member("board", id)?],
                    uses: Vec::new(),
                    weight_ms: 0,
                    quotes: Vec::new(),
                    work: Work::Expand(Arc::new(clips)),
                })
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        let mut needs = alone(&["cast", "places", "look"]);
        needs.push(every("frame"));
        if !self.crew.remote.video {
            needs.extend(alone(&["timeline"]));
        }
        let order = |ms| ordered_ms(&self.crew.video.lengths(), ms);
        vec![Promise {
            model: model_of(&self.crew),
            quotes: quotes::clip(&self.crew, (order(USUAL_MS.0), order(USUAL_MS.1))),
            ..self.estimate.shots("video_coordinator", "clip", WEIGHT_PER_S * 4, needs)
        }]
    }
}

struct ClipsOfScene {
    scene: SceneId,
    wishes: Arc<Wishes>,
    crew: Crew,
    format: FilmFormat,
}

impl Expand for ClipsOfScene {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("clip")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let board: Storyboard = inputs.one(&format!("board/{}", self.scene))?.read()?;
        board
            .shots
            .iter()
            .map(|shot| {
                let agent = Clip {
                    scene: self.scene.clone(),
                    shot: shot.id.clone(),
                    drafted_ms: shot.duration_ms,
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                    format: self.format,
                };
                let weight = WEIGHT_PER_S * shot.duration_ms / 1000;
                Ok(task(slot("clip", shot.id.as_str())?, shot.action.clone(), agent.needs()?, weight, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        Vec::new()
    }
}

struct Clip {
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
struct ClipView {
    frame: BlobHash,
    companion: Option<BlobHash>,
    shot: Shot,
    place: Place,
    look: Look,
    size: Size,
    fps: u32,
    frames: u32,
    seed: Seed,
    /// The order in words, for a model that reads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    prompt: String,
}

fn model_of(crew: &Crew) -> Value {
    serde_json::json!({ "video": identity(&crew.video.identity()), "encoder": crew.ffmpeg.identity() })
}

/// The length to order of another machine for a clip of about so many milliseconds, in whole seconds. A twentieth less
/// than wanted will do: the last picture is held for as long.
fn ordered_ms(lengths: &Lengths, ms: u32) -> u32 {
    lengths.order(Lengths::WholeSeconds.order(ms - ms / 20))
}

impl Clip {
    fn needs(&self) -> Result<Vec<Need>, TaskError> {
        let mut needs = vec![
            member("frame", self.shot.as_str())?,
            member("board", self.scene.as_str())?,
            one("places")?,
            one("look")?,
        ];
        needs.extend(if self.crew.remote.video { vec![one("script")?, one("cast")?] } else { vec![one("timeline")?] });
        Ok(needs)
    }

    /// How many frames the timeline shows of it.
    fn frames_shown(&self, inputs: &Inputs) -> Result<u32, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let timed = laid.timeline.shots.iter().find(|t| t.shot == self.shot);
        timed
            .map(|t| t.frames + t.tail_frames)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the timeline has no shot {}", self.shot)))
    }

    /// How many frames are ordered of another machine: for the length that the storyboard wants, or that its own lines
    /// take by their words.
    fn frames_ordered(&self, shot: &Shot, inputs: &Inputs) -> Result<u32, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let language = self.wishes.brief.language.value;
        let lines = script.lines().filter(|line| shot.lines.contains(&line.id));
        let spoken: u32 = lines.map(|line| builtin::writer::speech_ms(&line.text, language) + AROUND_MS).sum();
        let ms = ordered_ms(&self.crew.video.lengths(), shot.duration_ms.max(spoken));
        Ok((u64::from(ms) * u64::from(self.format.fps) / 1000) as u32)
    }
}

/// Time around a spoken line.
const AROUND_MS: u32 = 500;

#[async_trait]
impl Agent for Clip {
    const NAME: &'static str = "video_coordinator";
    const VERSION: u32 = 1;
    type View = ClipView;

    fn is_remote(&self) -> bool {
        self.crew.remote.video
    }

    fn model(&self) -> Value {
        model_of(&self.crew)
    }

    fn quotes(&self) -> Vec<Quote> {
        let ms = ordered_ms(&self.crew.video.lengths(), self.drafted_ms);
        quotes::clip(&self.crew, (ms, ms))
    }

    fn view(&self, inputs: &Inputs) -> Result<ClipView, TaskError> {
        let remote = self.crew.remote.video;
        let frame = inputs.one(&format!("frame/{}", self.shot))?;
        let shot = shot_of(inputs, &self.scene, &self.shot)?;
        let frames = if remote { self.frames_ordered(&shot, inputs)? } else { self.frames_shown(inputs)? };
        let places: Places = inputs.one("places")?.read()?;
        let place = places.get(&shot.place).ok_or_else(|| no_place(&shot))?.clone();
        let look: Look = inputs.one("look")?.read()?;
        let prompt = if remote {
            clip_words(&shot, &cast_of(&shot, &inputs.one("cast")?.read()?), &place, &look)
        } else {
            String::new()
        };
        let companion = if remote { None } else { frame.blob(role::COMPANION).ok().map(|b| b.hash.clone()) };
        Ok(ClipView {
            frame: frame.blob(role::PICTURE)?.hash.clone(),
            companion,
            shot: drawn(&shot),
            place,
            look,
            size: self.format.size,
            fps: self.format.fps,
            frames,
            seed: self.wishes.seed(&format!("clip/{}", self.shot)),
            prompt,
        })
    }

    async fn make(&self, view: ClipView, context: &TaskContext) -> Result<Output, TaskError> {
        let frame = context.read(&view.frame, "image/png").await?;
        let companion = match &view.companion {
            Some(hash) => Some(context.read(hash, "application/json").await?),
            None => None,
        };
        let plain = || format!("{} Camera: {}.", view.shot.action, view.shot.camera.as_str().replace('_', " "));
        let request = ClipRequest {
            frame,
            companion,
            prompt: if view.prompt.is_empty() { plain() } else { view.prompt },
            shot: view.shot,
            place: view.place,
            look: view.look,
            size: view.size,
            fps: view.fps,
            frames: view.frames,
            seed: view.seed,
        };
        let out = context.scratch().join("clip.mp4");
        let seen = match self.animate(request, context).await? {
            ClipReply::File(bytes) => {
                tokio::fs::write(&out, bytes).await.map_err(|e| {
                    TaskError::new(FailureKind::Local, format!("{} cannot be written: {e}", out.display()))
                })?;
                self.look_at(&out, context).await?
            }
            ClipReply::Frames(source) => {
                let order = FrameOrder {
                    size: source.size(),
                    fps: view.fps,
                    frames: source.frames(),
                    draw: Arc::new(move |index, out| source.draw(index, out)),
                };
                film::encode_frames(&self.crew.ffmpeg, &order, &out, context.token(), &*context.progress_fn())
                    .await
                    .map_err(|e| film_failure(&e))?
            }
        };
        Ok(Output::document(&seen)?.with(role::VIDEO, "video/mp4", BlobSource::File(out)))
    }
}

impl Clip {
    /// An order that is refused is softened once; then the refusal stands.
    async fn animate(&self, request: ClipRequest, context: &TaskContext) -> Result<ClipReply, TaskError> {
        let video = &self.crew.video;
        let error = match job(context, |job| video.animate(request.clone(), job)).await {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        match gentler(&request.prompt, &error, self.crew.remote.video) {
            Some(prompt) => job(context, |job| video.animate(ClipRequest { prompt, ..request }, job)).await,
            None => Err(error),
        }
    }

    /// What is in a file from outside, which counts only when it can be played to its end.
    async fn look_at(&self, file: &Path, context: &TaskContext) -> Result<Probe, TaskError> {
        let who = self.crew.video.identity();
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
