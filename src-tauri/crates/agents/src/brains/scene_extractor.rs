//! Script → places, by a language model. When scenes happen and in what weather is in the script already.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Minter, Place, PlaceKind, Places, Script, Seed};

use super::{short, shorts};
use crate::schema::Schema;
use crate::thinking::Mind;

pub(crate) struct PlaceMind;

/// Where the scenes happen.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacesDraft {
    /// One entry for each scene, in order.
    scenes: Vec<PlaceDraft>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PlaceDraft {
    /// The scene's own id, or that of an earlier scene at the same place.
    same_as: String,
    name: String,
    #[schemars(with = "String")]
    kind: PlaceKind,
    props: Vec<String>,
}

impl Mind for PlaceMind {
    const NAME: &'static str = "places";
    const PROMPT: &'static str = include_str!("../prompts/scene_extractor.md");
    const VERSION: u32 = 1;
    type View = Script;
    type Draft = PlacesDraft;
    type Document = Places;

    fn data(script: &Script) -> Value {
        let scenes = script
            .scenes
            .iter()
            .map(|s| json!({ "id": s.id, "title": s.title, "summary": s.summary, "place": s.place, "props": s.props }));
        json!({ "scenes": scenes.collect::<Vec<_>>() })
    }

    fn narrow(script: &Script, schema: &mut Schema) {
        let count = script.scenes.len();
        schema.items("scenes", count, count);
        schema.words("scenes.[].same_as", script.scenes.iter().map(|s| s.id.to_string()));
        schema.words("scenes.[].kind", PlaceKind::ALL.iter().map(|k| k.as_str()));
        schema.items("scenes.[].props", 0, 4);
        schema.at_most("scenes.[].name", 120);
        schema.at_most("scenes.[].props.[]", 60);
    }

    fn longest(script: &Script) -> u32 {
        500 + 150 * script.scenes.len() as u32
    }

    fn read(script: &Script, draft: PlacesDraft) -> Result<Places, String> {
        let (given, wanted) = (draft.scenes.len(), script.scenes.len());
        if given != wanted {
            return Err(format!("there must be one entry for each of the {wanted} scenes; there are {given}"));
        }
        let first = script.scenes.first().map_or_else(String::new, |s| s.id.to_string());
        let mut minter = Minter::new(Seed::new(1).fork(&first).fork("places"));
        let mut places = Places::default();
        // For each scene the entry that describes its place: its own, or that of the earlier scene it names.
        let mut described: Vec<usize> = Vec::new();
        for (number, (scene, entry)) in script.scenes.iter().zip(&draft.scenes).enumerate() {
            let same = script.scenes.iter().position(|s| s.id.as_str() == entry.same_as);
            let same = same.ok_or_else(|| format!("the script has no scene {:?}", entry.same_as))?;
            let by = described.get(same).copied().unwrap_or(number);
            described.push(by);
            let entry = &draft.scenes[by];
            let name = short(&entry.name);
            let name = if name.is_empty() { scene.place.clone() } else { name };
            let is = |p: &&Place| {
                p.name == name && p.kind == entry.kind && p.time == scene.time && p.weather == scene.weather
            };
            let id = if let Some(known) = places.all.iter().find(is) {
                known.id.clone()
            } else {
                let id = minter.place();
                places.all.push(Place {
                    id: id.clone(),
                    variant_of: None,
                    name,
                    kind: entry.kind,
                    time: scene.time,
                    weather: scene.weather,
                    props: shorts(&entry.props),
                });
                id
            };
            places.of_scene.insert(scene.id.clone(), id);
        }
        Ok(places)
    }
}
