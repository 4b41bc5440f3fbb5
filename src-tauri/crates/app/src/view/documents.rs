//! The documents that agents made, as they are shown.

use std::collections::BTreeMap;

use agents::{FilmFacts, MissingPart};
use engine::Artifact;
use story::{Cast, LineId, Script, Shot, Storyboard, SubjectOf};

use super::media;
use crate::wire::{CastView, FilmView, LineView, SceneView, ShotSpan, ShotView};

/// The scenes of a script.
pub(crate) fn scenes(script: &Script) -> Vec<SceneView> {
    script
        .scenes
        .iter()
        .map(|scene| SceneView {
            id: scene.id.to_string(),
            title: scene.title.clone(),
            summary: scene.summary.clone(),
            lines: scene.lines.iter().map(|l| l.text.clone()).collect(),
            duration_ms: scene.duration_ms,
        })
        .collect()
}

/// The members of a cast who are seen, without their sheets.
pub(crate) fn cast(cast: &Cast) -> Vec<CastView> {
    let seen = cast.members.iter().filter(|c| c.visible);
    seen.map(|c| CastView { id: c.id.to_string(), name: c.name.clone(), portrait: None }).collect()
}

/// The lines of a script, to be looked up by many shots.
#[derive(Debug, Default)]
pub(crate) struct Spoken<'a>(BTreeMap<&'a LineId, (usize, &'a str)>);

impl<'a> Spoken<'a> {
    /// The lines of a script.
    pub(crate) fn of(script: &'a Script) -> Self {
        Self(script.lines().enumerate().map(|(n, line)| (&line.id, (n, line.text.as_str()))).collect())
    }

    /// What is heard over a shot, in the script's order.
    fn over(&self, shot: &Shot) -> String {
        let heard: BTreeMap<_, _> = shot.lines.iter().filter_map(|id| self.0.get(id).copied()).collect();
        heard.into_values().collect::<Vec<_>>().join(" ")
    }

    /// The line that is heard over a shot, when it is one.
    fn one_over(&self, shot: &Shot) -> String {
        let mut heard = shot.lines.iter().filter(|id| self.0.contains_key(id));
        match (heard.next(), heard.next()) {
            (Some(line), None) => line.to_string(),
            _ => String::new(),
        }
    }
}

/// The shots of a storyboard, without their pictures.
pub(crate) fn shots(board: &Storyboard, spoken: &Spoken<'_>, cast: Option<&Cast>) -> Vec<ShotView> {
    board.shots.iter().map(|shot| shot_view(shot, spoken, cast)).collect()
}

fn shot_view(shot: &Shot, spoken: &Spoken<'_>, cast: Option<&Cast>) -> ShotView {
    let who = shot.subjects.iter().filter_map(|s| match &s.of {
        SubjectOf::Cast(id) => cast.and_then(|c| c.get(id)).map(|c| c.name.clone()),
        SubjectOf::Prop(_) => None,
    });
    ShotView {
        id: shot.id.to_string(),
        scene: shot.scene.to_string(),
        framing: shot.framing.as_str().to_owned(),
        angle: shot.angle.as_str().to_owned(),
        camera: shot.camera.as_str().to_owned(),
        action: shot.action.clone(),
        narration: spoken.over(shot),
        line: spoken.one_over(shot),
        cast: who.collect(),
        duration_ms: shot.duration_ms,
        frame: None,
        clip: None,
        frame_slot: format!("frame/{}", shot.id),
        clip_slot: format!("clip/{}", shot.id),
        approved: false,
        missing: String::new(),
    }
}

/// A film; `None` when the result is not one.
pub(crate) fn film_view(artifact: &Artifact, outdated: bool) -> Option<FilmView> {
    let facts: FilmFacts = artifact.read().ok()?;
    let blob = |role: &str| artifact.blob(role).ok().map(media);
    let timeline = &facts.timeline;
    Some(FilmView {
        title: facts.title.clone(),
        video: blob("video")?,
        poster: blob("poster")?,
        srt: blob("srt")?,
        vtt: blob("vtt")?,
        duration_ms: timeline.duration_ms(),
        width: timeline.size.width,
        height: timeline.size.height,
        shots: timeline
            .shots
            .iter()
            .map(|s| ShotSpan {
                shot: s.shot.to_string(),
                start_ms: timeline.ms_at(s.start_frame),
                end_ms: timeline.ms_at(s.start_frame + s.frames),
            })
            .collect(),
        lines: timeline
            .lines
            .iter()
            .map(|l| LineView { text: l.text.clone(), start_ms: l.start_ms, end_ms: l.end_ms })
            .collect(),
        voiced: facts.voiced,
        outdated,
    })
}

/// Why shots are missing in a film, by shot.
pub(crate) fn missing(film: &Artifact) -> BTreeMap<String, String> {
    let Ok(facts) = film.read::<FilmFacts>() else { return BTreeMap::new() };
    let shot = |missing: agents::Missing| match missing.part {
        MissingPart::Shot(shot) => Some((shot.to_string(), missing.why)),
        MissingPart::Scene(_) | MissingPart::Line(_) | MissingPart::Music => None,
    };
    facts.missing.into_iter().filter_map(shot).collect()
}
