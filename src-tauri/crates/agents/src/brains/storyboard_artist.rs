//! Scene → shots, by a language model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Angle, CameraMove, CastId, Facing, Framing, LineId, Minter, Pose, Shot, Storyboard, Subject, SubjectOf};

use super::durations::share;
use super::{long, short};
use crate::schema::Schema;
use crate::storyboard_artist::BoardView;
use crate::thinking::Mind;

pub(crate) struct BoardMind;

/// The shots of the scene, in order.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BoardDraft {
    shots: Vec<ShotDraft>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ShotDraft {
    #[schemars(with = "String")]
    framing: Framing,
    #[schemars(with = "String")]
    angle: Angle,
    #[schemars(with = "String")]
    camera: CameraMove,
    action: String,
    subjects: Vec<SubjectDraft>,
    lines: Vec<String>,
    seconds: u32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SubjectDraft {
    who: String,
    thing: String,
    #[schemars(with = "String")]
    pose: Pose,
    #[schemars(with = "String")]
    facing: Facing,
    holding: String,
}

const THING: &str = "thing";
/// The shortest shot, in milliseconds.
const SHORTEST_MS: u32 = 1500;
const AROUND_MS: u32 = 500;

/// From and to how many shots: one lasts two to eight seconds.
fn shot_count(view: &BoardView) -> (usize, usize) {
    let ms = view.scene.duration_ms as usize;
    let most = (ms / 2000).clamp(1, 40);
    ((ms / 8000).clamp(1, most), most)
}

impl Mind for BoardMind {
    const NAME: &'static str = "storyboard";
    const PROMPT: &'static str = include_str!("../prompts/storyboard_artist.md");
    const VERSION: u32 = 1;
    type View = BoardView;
    type Draft = BoardDraft;
    type Document = Storyboard;

    fn data(view: &BoardView) -> Value {
        let cast = view
            .cast
            .members
            .iter()
            .filter(|c| c.visible)
            .map(|c| json!({ "id": c.id, "name": c.name, "called": c.aliases, "is": c.noun }));
        let lines = view.scene.lines.iter().map(|l| json!({ "id": l.id, "text": l.text }));
        let place = view
            .place
            .as_ref()
            .map(|p| json!({ "name": p.name, "kind": p.kind, "time": p.time, "weather": p.weather, "props": p.props }));
        json!({
            "scene": {
                "title": view.scene.title, "summary": view.scene.summary, "mood": view.scene.mood,
                "who": view.scene.who, "props": view.scene.props,
                "seconds": view.scene.duration_ms.div_ceil(1000),
                "number": view.number + 1, "last": view.last,
            },
            "place": place,
            "cast": cast.collect::<Vec<_>>(),
            "lines": lines.collect::<Vec<_>>(),
        })
    }

    fn narrow(view: &BoardView, schema: &mut Schema) {
        let (least, most) = shot_count(view);
        schema.items("shots", least, most);
        schema.words("shots.[].framing", Framing::ALL.iter().map(|f| f.as_str()));
        schema.words("shots.[].angle", Angle::ALL.iter().map(|a| a.as_str()));
        schema.words("shots.[].camera", CameraMove::ALL.iter().map(|c| c.as_str()));
        schema.at_most("shots.[].action", 400);
        schema.items("shots.[].subjects", 0, 4);
        let people = view.cast.members.iter().filter(|c| c.visible).map(|c| c.id.to_string());
        schema.words("shots.[].subjects.[].who", people.chain([THING.to_owned()]));
        schema.words("shots.[].subjects.[].pose", Pose::ALL.iter().map(|p| p.as_str()));
        schema.words("shots.[].subjects.[].facing", Facing::ALL.iter().map(|f| f.as_str()));
        schema.at_most("shots.[].subjects.[].thing", 40);
        schema.at_most("shots.[].subjects.[].holding", 40);
        schema.items("shots.[].lines", 0, view.scene.lines.len());
        if !view.scene.lines.is_empty() {
            schema.words("shots.[].lines.[]", view.scene.lines.iter().map(|l| l.id.to_string()));
        }
        schema.between("shots.[].seconds", 1, view.scene.duration_ms.div_ceil(1000).max(2));
    }

    fn longest(view: &BoardView) -> u32 {
        600 + 250 * shot_count(view).1 as u32
    }

    fn read(view: &BoardView, draft: BoardDraft) -> Result<Storyboard, String> {
        let scene = &view.scene;
        let (least, most) = shot_count(view);
        if !(least..=most).contains(&draft.shots.len()) {
            return Err(format!("the scene has {} shots; it must have {least} to {most}", draft.shots.len()));
        }
        let strange =
            draft.shots.iter().flat_map(|s| &s.lines).find(|id| !scene.lines.iter().any(|l| l.id.as_str() == **id));
        if let Some(strange) = strange {
            return Err(format!("the scene has no line {strange:?}"));
        }
        let seed = view.brief.seed.fork("storyboard").fork(scene.id.as_str());
        let mut minter = Minter::new(seed.fork("shots"));
        let place = view.place.as_ref().map(|p| p.id.clone());
        let place = place.unwrap_or_else(|| Minter::new(seed.fork("place")).place());
        let mut board = Storyboard { scene: scene.id.clone(), shots: Vec::new() };
        let mut wanted = Vec::new();
        for shot in draft.shots {
            let action = long(&shot.action);
            if action.is_empty() {
                return Err("every shot needs an action".to_owned());
            }
            wanted.push(shot.seconds.saturating_mul(1000));
            board.shots.push(Shot {
                id: minter.shot(),
                scene: scene.id.clone(),
                place: place.clone(),
                framing: shot.framing,
                angle: shot.angle,
                camera: shot.camera,
                action,
                subjects: shot.subjects.iter().map(|s| subject(s, view)).collect::<Result<_, _>>()?,
                mood: scene.mood,
                lines: shot.lines.into_iter().filter_map(|id| LineId::try_from(id).ok()).collect(),
                duration_ms: 0,
            });
        }
        // Whatever was said of the lines, each is heard once and in order.
        board.hear(&scene.lines.iter().map(|l| l.id.clone()).collect::<Vec<_>>());
        let language = view.brief.language.value;
        let speech = |id: &LineId| {
            let text = scene.lines.iter().find(|l| &l.id == id).map_or("", |l| &l.text);
            builtin::writer::speech_ms(text, language) + AROUND_MS
        };
        let needs: Vec<u32> =
            board.shots.iter().map(|s| s.lines.iter().map(speech).sum::<u32>().max(SHORTEST_MS)).collect();
        for (shot, duration_ms) in board.shots.iter_mut().zip(share(scene.duration_ms, &needs, &wanted)) {
            shot.duration_ms = duration_ms;
        }
        Ok(board)
    }
}

fn subject(draft: &SubjectDraft, view: &BoardView) -> Result<Subject, String> {
    let thing = short(&draft.thing).to_lowercase();
    let of = if draft.who == THING {
        if thing.is_empty() {
            return Err("a subject that is a thing must say which".to_owned());
        }
        SubjectOf::Prop(thing)
    } else {
        let seen = |id: &CastId| view.cast.get(id).is_some_and(|c| c.visible);
        let id = CastId::try_from(draft.who.clone()).ok().filter(seen);
        SubjectOf::Cast(id.ok_or_else(|| format!("nobody who is seen has the id {:?}", draft.who))?)
    };
    Ok(Subject { of, pose: draft.pose, facing: draft.facing, holding: short(&draft.holding).to_lowercase() })
}
