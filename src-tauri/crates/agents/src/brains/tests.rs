//! What holds for every answer that fits its schema, and for the versions.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;
use story::{Brief, Cast, Language, Places, Said, Script, Storyboard};
use testkit::provider::{Arrays, instance};

use super::*;
use crate::character_extractor::CastView;
use crate::schema::Schema;
use crate::storyboard_artist::BoardView;
use crate::thinking::{Mind, version};

/// An answer that fits, read.
fn answer<M: Mind>(view: &M::View, seed: u64, arrays: Arrays) -> Result<M::Document, String> {
    let mut schema = Schema::of::<M::Draft>();
    M::narrow(view, &mut schema);
    let data = M::data(view).to_string();
    let made = instance(schema.value(), &data, &seed.to_le_bytes(), arrays);
    let draft = serde_json::from_value(made.clone()).map_err(|e| format!("{e}: {made}"))?;
    M::read(view, draft)
}

fn boards(script: &Script, cast: &Cast, places: &Places, brief: &Brief, seed: u64, arrays: Arrays) -> Vec<Storyboard> {
    let board = |(number, scene): (usize, &story::Scene)| {
        let view = BoardView {
            scene: scene.clone(),
            number,
            last: number + 1 == script.scenes.len(),
            cast: cast.clone(),
            place: places.of_scene(&scene.id).cloned(),
            brief: brief.clone(),
        };
        answer::<BoardMind>(&view, seed, arrays).unwrap()
    };
    script.scenes.iter().enumerate().map(board).collect()
}

proptest! {
    #[test]
    fn any_valid_answer_can_be_used(
        seed in any::<u64>(),
        seconds in 6u32..240,
        scenes in prop::option::of(1u32..12),
        arrays in prop::sample::select(vec![Arrays::Least, Arrays::Few, Arrays::Most]),
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let brief = Brief {
            duration_s: Said::said(seconds),
            scene_count: scenes,
            language: Said::said(language),
            ..Brief::about("an old fisherman who meets a white whale")
        };
        let look = answer::<LookMind>(&brief, seed, arrays);
        prop_assert!(look.is_ok(), "{look:?}");
        let script = match answer::<ScriptMind>(&brief, seed, arrays) {
            Ok(script) => script,
            // The one thing that no schema says.
            Err(error) => {
                prop_assert!(error.contains("seconds to speak"), "{}", error);
                return Ok(());
            }
        };
        prop_assert_eq!(script.duration_ms(), seconds * 1000);
        let view = CastView { script: script.clone(), brief: brief.clone() };
        let cast = if called(&script).is_empty() { Cast::default() } else { answer::<CharacterMind>(&view, seed, arrays).unwrap() };
        for who in called(&script) {
            prop_assert!(cast.named(&who).is_some(), "{} is nobody", who);
        }
        let places = answer::<PlaceMind>(&script, seed, arrays).unwrap();
        prop_assert!(script.scenes.iter().all(|s| places.of_scene(&s.id).is_some_and(|p| p.time == s.time)));
        for (scene, board) in script.scenes.iter().zip(boards(&script, &cast, &places, &brief, seed, arrays)) {
            let heard: Vec<_> = board.shots.iter().flat_map(|s| s.lines.clone()).collect();
            prop_assert_eq!(heard, scene.lines.iter().map(|l| l.id.clone()).collect::<Vec<_>>());
            prop_assert_eq!(board.shots.iter().map(|s| s.duration_ms).sum::<u32>(), scene.duration_ms);
        }
    }
}

/// Every object of a schema, with where it is.
fn objects(path: &str, value: &Value, check: &mut impl FnMut(&str, &Value)) {
    if value.get("properties").is_some_and(Value::is_object) && value.get("type").is_some() {
        check(path, value);
    }
    match value {
        Value::Object(members) => members.iter().for_each(|(name, of)| objects(&format!("{path}.{name}"), of, check)),
        Value::Array(items) => items.iter().for_each(|of| objects(path, of, check)),
        _ => {}
    }
}

#[test]
fn every_property_is_required_and_no_other_allowed() {
    let schemas = [
        Schema::of::<<ScriptMind as Mind>::Draft>(),
        Schema::of::<<LookMind as Mind>::Draft>(),
        Schema::of::<<CharacterMind as Mind>::Draft>(),
        Schema::of::<<PlaceMind as Mind>::Draft>(),
        Schema::of::<<BoardMind as Mind>::Draft>(),
    ];
    for schema in schemas {
        let mut seen = 0;
        objects("", schema.value(), &mut |path, object| {
            seen += 1;
            assert_eq!(object["additionalProperties"], false, "{path}");
            let names: Vec<&String> = object["properties"].as_object().unwrap().keys().collect();
            assert_eq!(object["required"], serde_json::json!(names), "{path}");
        });
        assert!(seen > 0);
        assert!(!schema.value().to_string().contains("$ref"));
    }
}

/// A prompt, a schema or the code of a brain that changed makes other things of the same wishes: the version must say so.
/// When this fails, raise the brain's `VERSION` if its code changed, and put the new versions into the file.
#[test]
fn versions_are_those_that_are_written_down() {
    let mut now = String::new();
    for (name, version) in [
        (ScriptMind::NAME, version::<ScriptMind>()),
        (LookMind::NAME, version::<LookMind>()),
        (CharacterMind::NAME, version::<CharacterMind>()),
        (PlaceMind::NAME, version::<PlaceMind>()),
        (BoardMind::NAME, version::<BoardMind>()),
    ] {
        writeln!(now, "{name}: {version}").unwrap();
    }
    assert_eq!(now, include_str!("versions.txt"), "src/brains/versions.txt");
}
