//! Brief → script, by a language model.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Brief, CastId, Kind, Line, Minter, Mood, Scene, Script, Speaker, Speaking, TimeOfDay, Weather};

use super::durations::share;
use super::{long, short, shorts};
use crate::schema::Schema;
use crate::thinking::Mind;

pub(crate) struct ScriptMind;

/// The script.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScriptDraft {
    /// The title of the film.
    title: String,
    /// The film in one sentence.
    logline: String,
    #[schemars(with = "String")]
    kind: Kind,
    /// The words on the end card; may be empty.
    ending: String,
    scenes: Vec<SceneDraft>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SceneDraft {
    title: String,
    summary: String,
    place: String,
    #[schemars(with = "String")]
    time: TimeOfDay,
    #[schemars(with = "String")]
    weather: Weather,
    #[schemars(with = "String")]
    mood: Mood,
    who: Vec<String>,
    props: Vec<String>,
    lines: Vec<LineDraft>,
    seconds: u32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LineDraft {
    speaker: String,
    text: String,
}

const KINDS: [&str; 10] = [
    "tale", "explainer", "how_to", "product", "portrait", "journey", "montage", "mood_piece", "list", "news",
];
const NARRATOR: &str = "narrator";
/// Time around every line, so that one does not run into the next.
const AROUND_MS: u32 = 500;
/// The shortest scene, in milliseconds.
const SHORTEST_MS: u32 = 2000;

/// From and to how many scenes.
fn scene_count(brief: &Brief) -> (usize, usize) {
    let seconds = brief.duration_s.value as usize;
    let most = (seconds / 2).max(1);
    match brief.scene_count.map(|n| n as usize).or((!brief.scenes.is_empty()).then_some(brief.scenes.len())) {
        Some(said) => (said.min(most), said.min(most)),
        None => (1, (seconds / 5).clamp(1, 120)),
    }
}

impl Mind for ScriptMind {
    const NAME: &'static str = "script";
    const PROMPT: &'static str = include_str!("../prompts/screenwriter.md");
    const VERSION: u32 = 1;
    type View = Brief;
    type Draft = ScriptDraft;
    type Document = Script;

    fn data(brief: &Brief) -> Value {
        json!({
            "theme": brief.theme,
            "message": brief.message,
            "mood": if brief.mood_words.is_empty() { brief.mood.value.as_str() } else { &brief.mood_words },
            "characters": brief.characters,
            "scenes": brief.scenes,
            "special": brief.special,
            "language": brief.language.value.code(),
            "seconds": brief.duration_s.value,
            "version": brief.seed,
        })
    }

    fn narrow(brief: &Brief, schema: &mut Schema) {
        let (least, most) = scene_count(brief);
        schema.items("scenes", least, most);
        schema.words("kind", KINDS);
        schema.words("scenes.[].time", TimeOfDay::ALL.iter().map(|t| t.as_str()));
        schema.words("scenes.[].weather", Weather::ALL.iter().map(|w| w.as_str()));
        schema.words("scenes.[].mood", Mood::ALL.map(Mood::as_str));
        schema.between("scenes.[].seconds", 2, brief.duration_s.value);
        schema.items("scenes.[].who", 0, 6);
        schema.items("scenes.[].props", 0, 6);
        schema.items("scenes.[].lines", 0, 12);
        for (path, characters) in [
            ("title", 80),
            ("logline", 300),
            ("ending", 60),
            ("scenes.[].title", 80),
            ("scenes.[].summary", 500),
            ("scenes.[].place", 120),
            ("scenes.[].who.[]", 60),
            ("scenes.[].props.[]", 60),
            ("scenes.[].lines.[].speaker", 60),
            ("scenes.[].lines.[].text", 200),
        ] {
            schema.at_most(path, characters);
        }
    }

    fn longest(brief: &Brief) -> u32 {
        2_000 + brief.duration_s.value.min(1_800) * 40
    }

    fn read(brief: &Brief, draft: ScriptDraft) -> Result<Script, String> {
        let film_ms = brief.duration_s.value * 1000;
        let (least, most) = scene_count(brief);
        if !(least..=most).contains(&draft.scenes.len()) {
            return Err(format!("the film has {} scenes; it must have {least} to {most}", draft.scenes.len()));
        }
        let mut minter = Minter::new(brief.seed.fork("script"));
        let mut speaking: BTreeMap<String, Speaking> = BTreeMap::new();
        let mut scenes = Vec::new();
        let (mut needs, mut wanted) = (Vec::new(), Vec::new());
        for (number, scene) in draft.scenes.into_iter().enumerate() {
            let number = number + 1;
            let who = shorts(&scene.who);
            let id = minter.scene();
            let mut lines = Vec::new();
            let mut need = 0;
            for line in scene.lines {
                let text = long(&line.text);
                if !text.chars().any(char::is_alphanumeric) {
                    return Err(format!("scene {number} has a line that says nothing"));
                }
                let speaker = speaker(&line.speaker, &who, &mut speaking, &mut minter)
                    .map_err(|name| format!("in scene {number} {name:?} speaks but is not in its who"))?;
                need += builtin::writer::speech_ms(&text, brief.language.value) + AROUND_MS;
                lines.push(Line { id: minter.line(), speaker, text });
            }
            let summary = long(&scene.summary);
            if summary.is_empty() {
                return Err(format!("scene {number} has no summary"));
            }
            needs.push(need.max(SHORTEST_MS));
            wanted.push(scene.seconds.saturating_mul(1000));
            scenes.push(Scene {
                id,
                title: short(&scene.title),
                summary,
                place: short(&scene.place),
                time: scene.time,
                weather: scene.weather,
                mood: scene.mood,
                who,
                props: shorts(&scene.props),
                lines,
                drafted: None,
                duration_ms: 0,
            });
        }
        let spoken: u32 = needs.iter().sum();
        if spoken > film_ms + film_ms / 10 {
            let (need, have) = (spoken / 1000, film_ms / 1000);
            return Err(format!(
                "its lines take about {need} seconds to speak, the film has {have}: write fewer or shorter lines"
            ));
        }
        for (scene, duration_ms) in scenes.iter_mut().zip(share(film_ms, &needs, &wanted)) {
            scene.duration_ms = duration_ms;
        }
        let title = short(&draft.title);
        if title.is_empty() {
            return Err("the film has no title".to_owned());
        }
        Ok(Script {
            title,
            logline: long(&draft.logline),
            kind: draft.kind,
            ending: short(&draft.ending),
            speaking: speaking.into_values().collect(),
            scenes,
        })
    }
}

/// Who says a line; an error names somebody who is not there.
fn speaker(
    said: &str,
    who: &[String],
    speaking: &mut BTreeMap<String, Speaking>,
    minter: &mut Minter,
) -> Result<Speaker, String> {
    let name = short(said);
    if name.is_empty() || name.eq_ignore_ascii_case(NARRATOR) {
        return Ok(Speaker::Narrator);
    }
    let there = who.iter().find(|w| w.to_lowercase() == name.to_lowercase()).ok_or_else(|| name.clone())?;
    let mut new = || -> CastId { minter.cast() };
    let one = speaking.entry(name.to_lowercase()).or_insert_with(|| Speaking { id: new(), name: there.clone() });
    Ok(Speaker::Cast(one.id.clone()))
}
