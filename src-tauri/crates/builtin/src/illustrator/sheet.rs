//! Single cells of the contact sheets that the command line prints: a noun, a place or a style as it would be drawn.

use models::{Failure, Purpose};
use story::{
    Age, Angle, CameraMove, CastId, Character, Facing, Features, Framing, Gender, Look, Minter, Nature, Place,
    PlaceKind, Pose, Seed, Shot, Size, Style, Subject, SubjectOf, TimeOfDay, Weather,
};

use super::{cache, compose};
use crate::{animator, art};

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetCell {
    /// One thing or being on a plain ground; an empty ground when there is no true picture of it.
    Noun(String),
    /// A place with nobody in it.
    Place(PlaceKind, TimeOfDay, Weather),
    /// One and the same scene in a way of drawing.
    Style(Style),
}

/// Draws a cell: a PNG of the size asked for.
pub fn sheet_cell(cell: &SheetCell, size: Size) -> Result<Vec<u8>, Failure> {
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
            let studio = place(&mut minter, PlaceKind::Studio, TimeOfDay::Day, Weather::Clear, &[]);
            (noun_frame(noun, studio, &mut minter), Look::default())
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
    let scene = compose::compose(&purpose, &look, size, seed, 0);
    animator::first_frame(&cache::raster_of(&scene, size))
}

fn noun_frame(noun: &str, studio: Place, minter: &mut Minter) -> Purpose {
    if art::person(noun).is_none() {
        let shot = shot(minter, &studio, Framing::Insert, SubjectOf::Prop(noun.to_owned()));
        return Purpose::Frame { shot, cast: vec![], place: studio };
    }
    let character = somebody(noun, minter);
    let shot = shot(minter, &studio, Framing::Full, SubjectOf::Cast(character.id.clone()));
    Purpose::Frame { shot, cast: vec![character], place: studio }
}

fn somebody(noun: &str, minter: &mut Minter) -> Character {
    let id: CastId = minter.cast();
    let person = art::person(noun);
    let features = Features {
        age: person.as_ref().and_then(|p| p.age).unwrap_or(Age::Old),
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
        lines: vec![],
        duration_ms: 4000,
    }
}
