//! Segments, conformed by the post-processor: clips → parts of the film with captions and fades, ready to be joined. Where
//! a clip is missing a slate stands in its place, for exactly as long, so that voice, music and captions go on.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec};
use film::{Probe, Segment};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{CardText, ShotId};

use crate::agent::{Agent, all_made, alone, member_if_made, one, slot, task};
use crate::crew::Crew;
use crate::documents::role;
use crate::footage::Footage;
use crate::graph::Estimate;
use crate::post_processor::film_failure;
use crate::slates::{self, Lack};
use crate::timeline::LaidOut;
use crate::wishes::Wishes;

/// About what a second of film takes on one core, in milliseconds: drawn as it is encoded, or only encoded.
const DRAWN_PER_S: u32 = 900;
const FILMED_PER_S: u32 = 300;

/// Gives one segment task for each shot of the timeline.
pub(crate) struct Segments {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
    pub(crate) estimate: Estimate,
}

impl Segments {
    fn per_s(&self) -> u32 {
        if self.crew.video.is_some() { FILMED_PER_S } else { DRAWN_PER_S }
    }
}

impl Expand for Segments {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("segment")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let shots = &laid.timeline.shots;
        shots
            .iter()
            .enumerate()
            .map(|(i, timed)| {
                let shot = timed.shot.as_str();
                let mut needs = vec![one("timeline")?, member_if_made("clip", shot)?, member_if_made("frame", shot)?];
                let before = (timed.fade_in_frames > 0 && i > 0).then(|| shots[i - 1].shot.clone());
                if let Some(before) = &before {
                    needs.push(member_if_made("clip", before.as_str())?);
                }
                let agent = Conform {
                    shot: timed.shot.clone(),
                    before,
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                };
                let weight = self.per_s() * timed.frames / laid.timeline.fps.max(1);
                Ok(task(slot("segment", shot)?, "", needs, weight, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        let mut needs = alone(&["timeline"]);
        needs.push(all_made("clip"));
        vec![self.estimate.shots("post_processor", "segment", self.per_s() * 4, needs)]
    }
}

struct Conform {
    shot: ShotId,
    before: Option<ShotId>,
    wishes: Arc<Wishes>,
    crew: Crew,
}

/// The clips by their hashes, what is in them, and what is done to them; nothing of where the shot lies in the film.
#[derive(Serialize, Deserialize)]
struct ConformView {
    clip: Option<Footage>,
    before: Option<Footage>,
    /// What is in the clip; one whose maker did not keep that is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clip_seen: Option<Probe>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before_seen: Option<Probe>,
    segment: Segment,
    /// What is shown in place of a clip that is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slate: Option<CardText>,
}

/// How far a shot came whose clip is missing; `None` when it is there.
pub(crate) fn lack(inputs: &Inputs, shot: &ShotId) -> Option<Lack> {
    match (inputs.find(&format!("clip/{shot}")), inputs.find(&format!("frame/{shot}"))) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(Lack::Clip),
        (None, None) => Some(Lack::Frame),
    }
}

/// The clip of a shot, where there is one, and what is in its file, where that was kept.
fn clip_of(inputs: &Inputs, shot: Option<&ShotId>) -> Result<(Option<Footage>, Option<Probe>), TaskError> {
    let Some(clip) = shot.and_then(|shot| inputs.find(&format!("clip/{shot}"))) else { return Ok((None, None)) };
    let footage =
        Footage::of(clip).ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("{} is no clip", clip.key)))?;
    let seen = if matches!(footage, Footage::Filmed(_)) { clip.read().ok() } else { None };
    Ok((Some(footage), seen))
}

#[async_trait]
impl Agent for Conform {
    const NAME: &'static str = "post_processor";
    const VERSION: u32 = 1;
    type View = ConformView;

    fn model(&self) -> Value {
        serde_json::json!({ "encoder": self.crew.ffmpeg.identity() })
    }

    fn view(&self, inputs: &Inputs) -> Result<ConformView, TaskError> {
        let brief = &self.wishes.brief;
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let missing = || TaskError::new(FailureKind::Invalid, format!("the timeline has no shot {}", self.shot));
        let index = laid.timeline.shots.iter().position(|t| t.shot == self.shot).ok_or_else(missing)?;
        let mut segment = Segment::of(&laid.timeline, index).ok_or_else(missing)?;
        if !brief.captions.value {
            segment.captions.clear();
        }
        let (clip, clip_seen) = clip_of(inputs, Some(&self.shot))?;
        let (before, before_seen) = clip_of(inputs, self.before.as_ref())?;
        let slate = lack(inputs, &self.shot).map(|lack| slates::words(index + 1, lack, brief.language.value));
        if slate.is_some() {
            // Its words are the slate's.
            segment.card = None;
        }
        Ok(ConformView { clip, before, clip_seen, before_seen, segment, slate })
    }

    async fn make(&self, view: ConformView, context: &TaskContext) -> Result<Output, TaskError> {
        let open =
            |footage: Footage, seen| footage.open(seen, &self.crew.animator, |hash, media| context.file(hash, media));
        let clip = match (view.clip, view.slate) {
            (Some(clip), _) => open(clip, view.clip_seen),
            (None, Some(words)) => draw_slate(words, view.segment.size, context).await?.as_path().into(),
            (None, None) => return Err(TaskError::new(FailureKind::Invalid, "a segment of nothing")),
        };
        let before = view.before.map(|before| open(before, view.before_seen));
        let out = context.scratch().join("segment.mp4");
        let (ffmpeg, progress) = (&self.crew.ffmpeg, context.progress_fn());
        film::conform_shot(ffmpeg, &view.segment, &clip, before.as_ref(), &out, context.token(), &*progress)
            .await
            .map_err(|e| film_failure(&e))?;
        Ok(Output::default().with(role::VIDEO, "video/mp4", BlobSource::File(out)))
    }
}

async fn draw_slate(words: CardText, size: story::Size, context: &TaskContext) -> Result<PathBuf, TaskError> {
    let path = context.scratch().join("slate.png");
    let png = crate::agent::by_rule(move || film::slate(&words, size)).await?.map_err(|e| film_failure(&e))?;
    tokio::fs::write(&path, png)
        .await
        .map_err(|e| TaskError::new(FailureKind::Local, format!("{} cannot be written: {e}", path.display())))?;
    Ok(path)
}
