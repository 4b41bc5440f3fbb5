//! The graph that makes the film of a brief.

use std::sync::Arc;

use engine::{AgentName, Collection, Expand, Need, Promise, TaskError, TaskSpec, Work};
use story::Brief;

use crate::agent::{every, one, slot, task};
use crate::camera_images::Frames;
use crate::character_extractor::CharacterExtractor;
use crate::character_portraits::Portraits;
use crate::crew::{Crew, FilmFormat, Grade};
use crate::music::Music;
use crate::post_processor::PostProcessor;
use crate::scene_extractor::SceneExtractor;
use crate::scene_images::Sets;
use crate::screenwriter::Screenwriter;
use crate::segments::Segments;
use crate::storyboard_artist::Boards;
use crate::style_determiner::StyleDeterminer;
use crate::timeline::LayOut;
use crate::video_coordinator::Clips;
use crate::voice::Voices;

/// How many scenes, shots and lines a film of a brief will probably have, before it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Estimate {
    scenes: (u32, u32),
    shots: (u32, u32),
    lines: (u32, u32),
}

impl Estimate {
    fn of(brief: &Brief) -> Self {
        let seconds = brief.duration_s.value;
        let told = brief.scene_count.unwrap_or(brief.scenes.len() as u32);
        let scenes = if told > 0 { (told, told) } else { ((seconds / 15).max(1), (seconds / 6).max(2)) };
        Self {
            scenes,
            shots: (seconds.div_ceil(6).max(scenes.0), (seconds / 3).max(scenes.1)),
            lines: ((seconds / 9).max(1), (seconds / 3).max(2)),
        }
    }

    fn promise(agent: &str, collection: &str, (least, most): (u32, u32), weight_ms: u32, needs: Vec<Need>) -> Promise {
        Promise {
            agent: AgentName::from(agent),
            collection: Collection::new(collection),
            least,
            most,
            needs,
            weight_ms,
            model: serde_json::Value::Null,
            quotes: Vec::new(),
        }
    }

    /// One task a scene.
    pub(crate) fn scenes(self, agent: &str, collection: &str, weight_ms: u32, needs: Vec<Need>) -> Promise {
        Self::promise(agent, collection, self.scenes, weight_ms, needs)
    }

    /// One task a shot.
    pub(crate) fn shots(self, agent: &str, collection: &str, weight_ms: u32, needs: Vec<Need>) -> Promise {
        Self::promise(agent, collection, self.shots, weight_ms, needs)
    }

    /// One task a line.
    pub(crate) fn lines(self, agent: &str, collection: &str, weight_ms: u32, needs: Vec<Need>) -> Promise {
        Self::promise(agent, collection, self.lines, weight_ms, needs)
    }
}

/// The tasks that make the film of a brief; the rest of the graph comes from the expand tasks among them. The film is
/// in the slot `film`.
pub fn film_graph(brief: &Brief, format: FilmFormat, grade: Grade, crew: &Crew) -> Result<Vec<TaskSpec>, TaskError> {
    let brief = Arc::new(brief.clone());
    let estimate = Estimate::of(&brief);
    let b = || Arc::clone(&brief);
    let crew = || crew.clone();
    let film_ms = brief.duration_s.value * 1000;
    Ok(vec![
        task(slot("look", "")?, "", vec![], 10, StyleDeterminer { brief: b() }),
        task(slot("script", "")?, "", vec![], 20, Screenwriter { brief: b() }),
        task(slot("cast", "")?, "", vec![one("script")?], 10, CharacterExtractor { brief: b() }),
        task(slot("places", "")?, "", vec![one("script")?], 10, SceneExtractor),
        expand("boards", "storyboard_artist", vec![one("script")?], Boards { brief: b(), estimate })?,
        expand("voices", "voice", vec![one("script")?], Voices { brief: b(), crew: crew(), estimate })?,
        expand("frames", "camera_images", vec![one("script")?], Frames { brief: b(), crew: crew(), format, estimate })?,
        expand("portraits", "character_portraits", vec![one("cast")?], Portraits { brief: b(), crew: crew(), grade })?,
        expand("sets", "scene_images", vec![one("places")?], Sets { brief: b(), crew: crew(), estimate })?,
        task(
            slot("timeline", "")?,
            "",
            vec![one("script")?, every("board"), every("voice")],
            20,
            LayOut { brief: b(), format },
        ),
        expand(
            "clips",
            "video_coordinator",
            vec![one("timeline")?, every("board")],
            Clips { brief: b(), crew: crew(), estimate },
        )?,
        expand("segments", "post_processor", vec![one("timeline")?], Segments { brief: b(), crew: crew(), estimate })?,
        task(
            slot("music", "")?,
            "",
            vec![one("script")?, every("board"), one("timeline")?],
            film_ms / 20,
            Music { brief: b(), model: Arc::clone(&crew().music) },
        ),
        task(
            slot("film", "")?,
            "",
            vec![one("script")?, one("timeline")?, every("board"), every("segment"), every("voice"), one("music")?],
            film_ms / 10,
            PostProcessor { crew: crew() },
        ),
    ])
}

fn expand(name: &str, agent: &str, needs: Vec<Need>, work: impl Expand + 'static) -> Result<TaskSpec, TaskError> {
    Ok(TaskSpec {
        slot: slot(name, "")?,
        agent: AgentName::from(agent),
        title: String::new(),
        needs,
        uses: Vec::new(),
        weight_ms: 0,
        quotes: Vec::new(),
        work: Work::Expand(Arc::new(work)),
    })
}
