//! The graph that makes the film of somebody's wishes.

use std::sync::Arc;

use engine::{AgentName, Collection, Expand, Need, Promise, TaskError, TaskSpec, Work};
use serde_json::Value;
use story::Brief;

use crate::agent::{all_made, every, one, slot, task};
use crate::camera_images::Frames;
use crate::character_extractor::CharacterExtractor;
use crate::character_portraits::Portraits;
use crate::crew::{Crew, FilmFormat, Grade, thought_ms};
use crate::music::Music;
use crate::post_processor::PostProcessor;
use crate::review::{Stop, stops};
use crate::revisions::{conflicts, draft_of, overlays};
use crate::scene_extractor::SceneExtractor;
use crate::scene_images::Sets;
use crate::screenwriter::Screenwriter;
use crate::segments::Segments;
use crate::sound::Mix;
use crate::storyboard_artist::Boards;
use crate::style_determiner::StyleDeterminer;
use crate::timeline::LayOut;
use crate::video_coordinator::Clips;
use crate::voice::{Voices, speaks};
use crate::wishes::Wishes;

/// How many scenes, shots and lines a film of a brief will probably have, before it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Estimate {
    scenes: (u32, u32),
    shots: (u32, u32),
    lines: (u32, u32),
}

impl Estimate {
    /// A language model may cut twice as often as the rules do.
    fn of(brief: &Brief, by_model: bool) -> Self {
        let seconds = brief.duration_s.value;
        let told = brief.scene_count.unwrap_or(brief.scenes.len() as u32);
        let scenes = if told > 0 { (told, told) } else { ((seconds / 15).max(1), (seconds / 6).max(2)) };
        let (long, short) = if by_model { (8, 2) } else { (6, 3) };
        Self {
            scenes,
            shots: (seconds.div_ceil(long).max(scenes.0), (seconds / short).max(scenes.1)),
            lines: (if by_model { 0 } else { (seconds / 9).max(1) }, (seconds / 3).max(2)),
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
            model: Value::Null,
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

/// The tasks that make the film of somebody's wishes; the rest of the graph comes from the expand tasks among them. The
/// film is in the slot `film`, the revisions that could not be laid over are in `conflicts` when there are revisions.
pub fn film_graph(wishes: &Wishes, format: FilmFormat, grade: Grade, crew: &Crew) -> Result<Vec<TaskSpec>, TaskError> {
    let brief = Arc::new(wishes.brief.clone());
    let wishes = Arc::new(wishes.clone());
    let estimate = Estimate::of(&brief, crew.chat.is_some());
    let drawn = crew.video.is_none();
    let film_ms = brief.duration_s.value * 1000;
    let (score_ms, chats) = (crew.score_ms(film_ms / 20), crew.chat.clone());
    let thought_ms = |by_rule| thought_ms(chats.as_ref(), by_rule);
    let (b, w, crew, chat) =
        (|| Arc::clone(&brief), || Arc::clone(&wishes), || crew.clone(), || crew.chat.as_ref().map(Arc::clone));
    let script = || one("script");
    // What a need is behind, when the person wants to see each stage.
    let behind = |stop: Stop, mut needs: Vec<Need>| {
        if wishes.review {
            needs.push(stop.need()?);
        }
        Ok::<_, TaskError>(needs)
    };
    let draft = |name: &str| slot(&draft_of(name), "");
    let mut tasks = vec![
        task(draft("look")?, "", vec![], thought_ms(10), StyleDeterminer { brief: b(), chat: chat() }),
        task(draft("script")?, "", vec![], thought_ms(20), Screenwriter { brief: b(), chat: chat() }),
        task(
            draft("cast")?,
            "",
            behind(Stop::Outline, vec![script()?])?,
            thought_ms(10),
            CharacterExtractor { brief: b(), chat: chat() },
        ),
        task(
            draft("places")?,
            "",
            behind(Stop::Outline, vec![script()?])?,
            thought_ms(10),
            SceneExtractor { chat: chat() },
        ),
    ];
    tasks.extend(overlays(&wishes)?);
    tasks.extend([
        expand(
            "boards",
            "storyboard_artist",
            behind(Stop::Cast, vec![script()?])?,
            Boards { wishes: w(), chat: chat(), estimate },
        )?,
        expand(
            "voices",
            "voice",
            behind(Stop::Outline, vec![script()?])?,
            Voices { wishes: w(), crew: crew(), estimate },
        )?,
        expand(
            "frames",
            "camera_images",
            vec![script()?],
            Frames { wishes: w(), crew: crew(), format, grade, estimate },
        )?,
        expand("portraits", "character_portraits", vec![one("cast")?], Portraits { wishes: w(), crew: crew(), grade })?,
        expand("sets", "scene_images", vec![one("places")?], Sets { wishes: w(), crew: crew(), estimate })?,
        task(
            slot("timeline", "")?,
            "",
            vec![
                one(&draft_of("script"))?,
                script()?,
                all_made(&draft_of("board")),
                all_made("board"),
                all_made("voice"),
            ],
            20,
            LayOut { brief: b(), format },
        ),
        expand(
            "clips",
            "video_coordinator",
            behind(Stop::Storyboard, vec![script()?])?,
            Clips { wishes: w(), crew: crew(), format, estimate },
        )?,
        expand(
            "segments",
            "post_processor",
            if drawn { vec![one("timeline")?] } else { behind(Stop::Shots, vec![one("timeline")?])? },
            Segments { wishes: w(), crew: crew(), estimate },
        )?,
    ]);
    if !wishes.score().off {
        let needs = vec![script()?, all_made("board"), one("timeline")?];
        tasks.push(task(slot("music", "")?, "", needs, score_ms, Music { wishes: w(), crew: crew() }));
    }
    let needs =
        vec![one("places")?, one("timeline")?, all_made("board"), all_made("voice"), Need::IfMade(slot("music", "")?)];
    let mix = Mix { wishes: w(), crew: crew() };
    tasks.push(task(slot("sound", "")?, "", behind(Stop::Storyboard, needs)?, film_ms / 20, mix));
    tasks.push(task(
        slot("film", "")?,
        "",
        behind(
            Stop::Shots,
            vec![
                script()?,
                one("timeline")?,
                all_made("board"),
                all_made("frame"),
                all_made("clip"),
                every("segment"),
                all_made("voice"),
                Need::IfMade(slot("music", "")?),
                one("sound")?,
            ],
        )?,
        film_ms / 50,
        PostProcessor { speaks: speaks(&wishes, &crew()), wishes: w(), crew: crew() },
    ));
    tasks.extend(conflicts(&wishes)?);
    if wishes.review {
        tasks.extend(stops(drawn)?);
    }
    Ok(tasks)
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
