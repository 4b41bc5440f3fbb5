//! The subjects of a shot with their natural sizes and the element they live in.

use story::{Character, Facing, Mood, Nature, Pose, Seed, Shot, SubjectOf};

use crate::art::{self, FigureOrder, Ground, Rect};

/// Where a subject is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// On the ground.
    Land,
    /// In the water.
    Water,
    /// On the water.
    Afloat,
    /// In the air.
    Air,
}

/// What is drawn for it.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// A member of the cast.
    Figure(Box<Character>),
    /// A thing, by its noun, and whether it shines.
    Thing(String, bool),
}

/// A subject of a shot.
#[derive(Debug, Clone)]
pub(super) struct Actor {
    /// What is drawn.
    pub(super) body: Body,
    /// What it does.
    pub(super) pose: Pose,
    /// Which way it looks.
    pub(super) facing: Facing,
    /// What it holds.
    pub(super) holding: String,
    /// What its face tells.
    pub(super) mood: Mood,
    /// Where it is at home.
    pub(super) element: Element,
    /// Its height in figure units, as it is drawn.
    pub(super) height: f32,
    /// Its width in figure units, as it is drawn.
    pub(super) width: f32,
    /// What a close-up frames, in figure units.
    pub(super) face: Rect,
    /// Where a held light shines from, in figure units.
    pub(super) light: Option<(f32, f32)>,
    /// True for a human, a robot and other beings that are compared with an adult without shrinking.
    pub(super) person: bool,
}

impl Actor {
    /// The noun it is looked up by.
    pub(super) fn noun(&self) -> &str {
        match &self.body {
            Body::Figure(character) => &character.noun,
            Body::Thing(noun, _) => noun,
        }
    }

    /// True for a thing, false for a member of the cast.
    pub(super) fn is_thing(&self) -> bool {
        matches!(self.body, Body::Thing(..))
    }

    /// Its height beside a standing adult of 100, pulled together so that a mouse is seen and a whale fits.
    pub(super) fn shown(&self) -> f32 {
        if self.person { self.height.clamp(40.0, 130.0) } else { shown_height(self.height) }
    }
}

/// A natural height in figure units, pulled towards that of an adult.
pub(super) fn shown_height(natural: f32) -> f32 {
    let ratio = (natural / 100.0).max(0.02);
    100.0 * ratio.powf(if ratio > 1.0 { 0.58 } else { 0.62 })
}

/// The subjects that can be drawn, most important first. What has no true picture is left out.
pub(super) fn actors(shot: &Shot, cast: &[Character], seed: Seed) -> Vec<Actor> {
    shot.subjects
        .iter()
        .filter_map(|subject| {
            let (pose, facing, holding) = (subject.pose, subject.facing, subject.holding.clone());
            match &subject.of {
                SubjectOf::Cast(id) => {
                    let character = cast.iter().find(|c| &c.id == id && c.visible)?;
                    Some(Actor { mood: shot.mood, ..figure(character, pose, facing, holding, seed) })
                }
                SubjectOf::Prop(noun) => thing(noun, pose, facing),
            }
        })
        .take(6)
        .collect()
}

fn figure(character: &Character, pose: Pose, facing: Facing, holding: String, seed: Seed) -> Actor {
    let held = (!holding.is_empty()).then_some(holding.as_str());
    let figure = art::figure(&FigureOrder { character, pose, facing, holding: held, mood: Mood::default(), seed });
    let resting = matches!(pose, Pose::Sit | Pose::Sleep);
    let element = match character.nature {
        Nature::SeaAnimal => Element::Water,
        Nature::Bird if !resting => Element::Air,
        Nature::Thing | Nature::Creature | Nature::Bird | Nature::Animal => {
            match art::find(&character.noun).map(|f| f.ground) {
                Some(Ground::Floats) => Element::Afloat,
                Some(Ground::Swims) => Element::Water,
                Some(Ground::Flies | Ground::Hangs) if !resting => Element::Air,
                _ => Element::Land,
            }
        }
        Nature::Human | Nature::Robot => Element::Land,
    };
    Actor {
        body: Body::Figure(Box::new(character.clone())),
        pose,
        facing,
        element,
        height: figure.height.max(4.0),
        width: figure.width.max(4.0),
        face: figure.face,
        light: figure.light,
        person: matches!(character.nature, Nature::Human | Nature::Robot | Nature::Creature),
        holding,
        mood: Mood::default(),
    }
}

fn thing(noun: &str, pose: Pose, facing: Facing) -> Option<Actor> {
    let found = art::find(noun)?;
    let height = art::natural_height(noun).max(2.0);
    let ink = art::svg(&found.picture).ink;
    let width = height * ink.w / ink.h.max(0.1);
    let element = match found.ground {
        Ground::Stands => Element::Land,
        Ground::Floats => Element::Afloat,
        Ground::Swims => Element::Water,
        Ground::Flies | Ground::Hangs => Element::Air,
    };
    let face = Rect { x: -width / 2.0, y: -height, w: width, h: height };
    let body = Body::Thing(noun.to_owned(), found.shines);
    let (holding, mood, light) = (String::new(), Mood::default(), None);
    Some(Actor { body, pose, facing, holding, mood, element, height, width, face, light, person: false })
}
