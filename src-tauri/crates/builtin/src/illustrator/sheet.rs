//! Single cells of the contact sheets that the command line prints: a noun, a place or a style as it would be drawn.

use std::sync::Arc;

use models::{Failure, Purpose};
use story::{
    Angle, CameraMove, CastId, Character, Facing, Features, Framing, Gender, Look, Minter, Nature, Place, PlaceKind,
    Pose, Seed, Shot, Size, Style, Subject, SubjectOf, TimeOfDay, Weather,
};

use super::{RasterScene, cache, compose};
use crate::{animator, art, writer};

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetCell {
    /// What a noun means on a plain ground, or the place it names; an empty ground when there is no true picture of it.
    Noun(String),
    /// A place with nobody in it.
    Place(PlaceKind, TimeOfDay, Weather),
    /// One and the same scene in a way of drawing.
    Style(Style),
}

/// What a noun is shown as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NounShown {
    /// The bundled picture of a thing or a being.
    Picture(art::PictureId),
    /// Somebody, drawn by what the word says about them.
    Person,
    /// A backdrop.
    Place(PlaceKind, Weather),
    /// There is no true picture of it: the word itself has to do.
    Nothing,
}

/// What a noun is shown as: its own picture, somebody, or the place or the weather that it names.
pub fn noun_shown(noun: &str) -> NounShown {
    if let Some(found) = art::find(noun) {
        return NounShown::Picture(found.picture);
    }
    if art::person(noun).is_some() {
        return NounShown::Person;
    }
    match (writer::place_in(noun), writer::weather_in(noun)) {
        (None, None) => NounShown::Nothing,
        // Where a thing is found is no picture of it: a machine is not the studio that it is shown in.
        (Some(_), None) if !art::names_place(noun) => NounShown::Nothing,
        (kind, weather) => NounShown::Place(kind.unwrap_or(PlaceKind::Meadow), weather.unwrap_or(Weather::Clear)),
    }
}

/// Draws a cell: a PNG of the size asked for.
pub fn sheet_cell(cell: &SheetCell, size: Size) -> Result<Vec<u8>, Failure> {
    animator::first_frame(&sheet_scene(cell, size))
}

/// The scene of a cell, its layers drawn.
pub(crate) fn sheet_scene(cell: &SheetCell, size: Size) -> Arc<RasterScene> {
    let seed = Seed::new(7);
    let mut minter = Minter::new(seed);
    let place = |minter: &mut Minter, kind, time, weather, props: &[&str]| Place {
        id: minter.place(),
        variant_of: None,
        name: String::new(),
        kind,
        time,
        weather,
        props: props.iter().map(|&p| p.to_owned()).collect(),
    };
    let (purpose, look) = match cell {
        SheetCell::Noun(noun) => {
            let shown = noun_shown(noun);
            let purpose = if let NounShown::Place(kind, weather) = shown {
                Purpose::SetSheet { place: place(&mut minter, kind, TimeOfDay::Day, weather, &[]) }
            } else {
                let studio = place(&mut minter, PlaceKind::Studio, TimeOfDay::Day, Weather::Clear, &[]);
                noun_frame(noun, &shown, studio, &mut minter)
            };
            (purpose, Look::default())
        }
        SheetCell::Place(kind, time, weather) => {
            (Purpose::SetSheet { place: place(&mut minter, *kind, *time, *weather, &[]) }, Look::default())
        }
        SheetCell::Style(style) => {
            let coast =
                place(&mut minter, PlaceKind::Coast, TimeOfDay::Dusk, Weather::Clear, &["lighthouse", "sailboat"]);
            let keeper = somebody("keeper", &mut minter);
            let shot = shot(&mut minter, &coast, Framing::Wide, SubjectOf::Cast(keeper.id.clone()));
            (Purpose::Frame { shot, cast: vec![keeper], place: coast }, Look { style: *style, ..Look::default() })
        }
    };
    cache::raster_of(&compose::compose(&purpose, &look, size, seed, 0), size)
}

fn noun_frame(noun: &str, shown: &NounShown, studio: Place, minter: &mut Minter) -> Purpose {
    if *shown != NounShown::Person {
        let shot = shot(minter, &studio, Framing::Insert, SubjectOf::Prop(noun.to_owned()));
        return Purpose::Frame { shot, cast: vec![], place: studio };
    }
    let mut character = somebody(noun, minter);
    // The clothes of the profession keep their own colours.
    character.features.colour.clear();
    let mut shot = shot(minter, &studio, Framing::Medium, SubjectOf::Cast(character.id.clone()));
    let tool = art::person(noun).map_or("", |p| p.tool);
    for subject in &mut shot.subjects {
        (subject.pose, subject.holding) = (if tool.is_empty() { Pose::Stand } else { Pose::Hold }, tool.to_owned());
    }
    Purpose::Frame { shot, cast: vec![character], place: studio }
}

fn somebody(noun: &str, minter: &mut Minter) -> Character {
    let id: CastId = minter.cast();
    let person = art::person(noun);
    let features = Features {
        age: person.as_ref().and_then(|p| p.age).unwrap_or_default(),
        gender: person.as_ref().map_or(Gender::Male, |p| p.gender),
        skin: 1,
        colour: "#2f5d8a".into(),
        profession: noun.to_owned(),
        ..Features::default()
    };
    Character {
        id,
        name: String::new(),
        drawn_as: None,
        aliases: vec![],
        noun: noun.to_owned(),
        nature: Nature::Human,
        visible: true,
        features,
    }
}

fn shot(minter: &mut Minter, place: &Place, framing: Framing, of: SubjectOf) -> Shot {
    Shot {
        id: minter.shot(),
        scene: minter.scene(),
        place: place.id.clone(),
        framing,
        angle: Angle::Eye,
        camera: CameraMove::Hold,
        action: String::new(),
        subjects: vec![Subject { of, pose: Pose::Stand, facing: Facing::Camera, holding: String::new() }],
        mood: story::Mood::default(),
        lines: vec![],
        duration_ms: 4000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(noun: &str) -> String {
        match noun_shown(noun) {
            NounShown::Picture(id) => id.as_str().to_owned(),
            NounShown::Person => "somebody".to_owned(),
            NounShown::Place(kind, Weather::Clear) => format!("place {}", kind.as_str()),
            NounShown::Place(kind, weather) => format!("place {} {}", kind.as_str(), weather.as_str()),
            NounShown::Nothing => "in words".to_owned(),
        }
    }

    #[test]
    fn a_thing_is_not_shown_as_where_it_is_found() {
        for noun in ["a strange machine", "gadget", "the product"] {
            assert_eq!(said(noun), "in words", "{noun}");
        }
        assert_eq!(said("the old harbour"), "place harbor");
    }

    #[test]
    fn nouns_are_shown_as_they_were_when_somebody_looked() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("art/nouns-looked-at.txt");
        let text = std::fs::read_to_string(file).unwrap();
        let rows: Vec<(&str, &str)> =
            text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(" = ")).collect();
        let others: Vec<String> = rows
            .iter()
            .filter(|(noun, wanted)| said(noun) != *wanted)
            .map(|(noun, _)| format!("{noun} = {}", said(noun)))
            .collect();
        assert!(others.is_empty(), "look at these again (`workprint-cli sheet --nouns`):\n{}", others.join("\n"));
        let drawn = rows.iter().filter(|(_, shown)| *shown != "in words").count();
        assert!(rows.len() >= 600 && drawn * 100 >= rows.len() * 95, "{drawn} of {}", rows.len());
    }
}
