//! Brief → script, by a language model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Brief, Kind, Line, Minter, Mood, Scene, Script, Speaker, Speaking, TimeOfDay, Weather};

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
    /// What the script calls everybody who is seen or heard: the first is p1, the second p2, and so on; empty for nobody.
    people: Vec<String>,
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
    /// Who is seen.
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

const KINDS: [&str; 10] =
    ["tale", "explainer", "how_to", "product", "portrait", "journey", "montage", "mood_piece", "list", "news"];
const NARRATOR: &str = "narrator";
/// Time around every line, so that one does not run into the next.
const AROUND_MS: u32 = 500;
/// The shortest scene, in milliseconds.
const SHORTEST_MS: u32 = 2000;

/// How many people there can be.
fn people(brief: &Brief) -> usize {
    (brief.characters.len() + 2).clamp(4, 8)
}

/// What the n-th of them is called in an answer: no model counts.
fn token(n: usize) -> String {
    format!("p{}", n + 1)
}

/// How many lines a scene can have: about one in three and a half seconds.
fn most_lines(brief: &Brief) -> usize {
    let (_, scenes) = scene_count(brief);
    (brief.duration_s.value as usize * 2).div_ceil(7 * scenes).max(1)
}

/// From and to how many scenes.
fn scene_count(brief: &Brief) -> (usize, usize) {
    let seconds = brief.duration_s.value as usize;
    let most = (seconds / 2).max(1);
    match brief.scene_count.map(|n| n as usize).or((!brief.scenes.is_empty()).then_some(brief.scenes.len())) {
        Some(said) => (said.min(most), said.min(most)),
        None => ((seconds / 15).max(1), (seconds / 6).clamp(1, 120)),
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
        let tokens = || (0..people(brief)).map(token);
        schema.items("people", people(brief), people(brief));
        schema.items("scenes.[].who", 0, people(brief));
        schema.words("scenes.[].who.[]", tokens());
        schema.words("scenes.[].lines.[].speaker", [NARRATOR.to_owned()].into_iter().chain(tokens()));
        schema.items("scenes.[].props", 0, 6);
        schema.items("scenes.[].lines", 0, most_lines(brief));
        for (path, characters) in [
            ("title", 80),
            ("logline", 300),
            ("ending", 60),
            ("scenes.[].title", 80),
            ("scenes.[].summary", 500),
            ("scenes.[].place", 120),
            ("people.[]", 60),
            ("scenes.[].props.[]", 60),
            ("scenes.[].lines.[].text", 160),
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
        let names: Vec<String> = draft.people.iter().take(people(brief)).map(|name| short(name)).collect();
        let mut speaking: Vec<Speaking> = Vec::new();
        let mut scenes = Vec::new();
        let (mut needs, mut wanted) = (Vec::new(), Vec::new());
        for (number, scene) in draft.scenes.into_iter().enumerate() {
            let number = number + 1;
            let who = scene.who.iter().map(|token| named(token, &names)).collect::<Result<Vec<_>, _>>()?;
            let who = shorts(&who);
            let id = minter.scene();
            let mut lines = Vec::new();
            let mut need = 0;
            for line in scene.lines {
                let text = long(&line.text);
                if !text.chars().any(char::is_alphanumeric) {
                    return Err(format!("scene {number} has a line that says nothing"));
                }
                let speaker = speaker(&line.speaker, &names, &mut speaking, &mut minter)?;
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
        if spoken > film_ms * 2 {
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
            speaking,
            scenes,
        })
    }
}

/// What somebody is called; empty for nobody. An error names a token that there is not.
fn named(said: &str, names: &[String]) -> Result<String, String> {
    let at = (0..names.len()).find(|n| token(*n) == said);
    at.map(|n| names[n].clone()).ok_or_else(|| format!("there is nobody {said:?} among the people"))
}

/// Who says a line; what nobody says the narrator does.
fn speaker(said: &str, names: &[String], speaking: &mut Vec<Speaking>, minter: &mut Minter) -> Result<Speaker, String> {
    if said == NARRATOR {
        return Ok(Speaker::Narrator);
    }
    let name = named(said, names)?;
    if name.is_empty() {
        return Ok(Speaker::Narrator);
    }
    let known = speaking.iter().find(|s| s.name.to_lowercase() == name.to_lowercase());
    let id = known.map_or_else(|| minter.cast(), |s| s.id.clone());
    if known.is_none() {
        speaking.push(Speaking { id: id.clone(), name });
    }
    Ok(Speaker::Cast(id))
}
