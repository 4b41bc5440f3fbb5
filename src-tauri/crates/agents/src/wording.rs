//! Says in words what a picture or a clip shows, for models that read. The data goes with it, for those that do not.
//!
//! People are described by how they look: no model knows a name.

use story::{Age, Character, Gender, Light, Look, Nature, Place, Shot, Style, SubjectOf, TimeOfDay, Weather};

use models::PortraitView;

fn spoken(word: &str) -> String {
    word.replace('_', " ")
}

/// The parts that say something, joined.
fn joined(parts: &[String], by: &str) -> String {
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
    said.join(by)
}

/// How the whole film is drawn.
fn look_words(look: &Look) -> String {
    let style = match look.style {
        Style::Flat => "clean vector illustration with soft light",
        Style::Watercolor => "watercolour with wet edges on paper",
        Style::Ink => "pen and ink wash",
        Style::Noir => "black and white film noir, hard light",
        Style::Anime => "bright cel-shaded animation",
        Style::Pixel => "pixel art with few colours",
        Style::PaperCut => "layers of cut paper with shadows",
        Style::Chalk => "chalk on a dark board",
        Style::Sepia => "an old sepia film",
        Style::Neon => "glowing neon outlines at night",
        Style::Storybook => "a soft pastel storybook",
        Style::Blueprint => "white lines on blueprint blue",
    };
    let light = match look.light {
        Light::Soft => "soft, even light",
        Light::Golden => "low golden sun",
        Light::Contrast => "strong contrast, deep shadows",
        Light::Glowing => "coloured glowing lamps",
        Light::Muted => "muted, overcast light",
    };
    let palette =
        if look.palette.is_empty() { String::new() } else { format!("accent colours {}", look.palette.join(", ")) };
    let parts =
        [style.to_owned(), look.words.clone(), light.to_owned(), format!("{} mood", look.mood.as_str()), palette];
    format!("Style: {}.", joined(&parts, "; "))
}

/// Somebody, by how they look.
pub(crate) fn person_words(character: &Character) -> String {
    let features = &character.features;
    let age = match features.age {
        Age::Child => "young",
        Age::Young => "youthful",
        Age::Adult => "",
        Age::Old => "old",
    };
    let gender = match (character.nature, features.gender) {
        (Nature::Human, Gender::Female) => "woman",
        (Nature::Human, Gender::Male) => "man",
        _ => "",
    };
    let noun = if character.noun == gender { "" } else { &character.noun };
    let mut who = joined(&[age, noun, gender].map(str::to_owned), " ");
    let mut with = Vec::new();
    if character.nature == Nature::Human {
        const TONES: [&str; 5] = ["very light", "light", "medium", "brown", "dark brown"];
        with.push(format!("{} skin", TONES[usize::from(features.skin.min(4))]));
    }
    with.extend([features.hair.clone(), features.clothes.clone()]);
    if !features.colour.is_empty() {
        with.push(format!("main colour {}", features.colour));
    }
    let with = joined(&with, ", ");
    if !features.profession.is_empty() && !who.contains(&features.profession) {
        who = format!("{who}, {}", features.profession);
    }
    if with.is_empty() { who } else { format!("{who} ({with})") }
}

fn place_words(place: &Place) -> String {
    let time = match place.time {
        TimeOfDay::Dawn => "at dawn",
        TimeOfDay::Day => "by day",
        TimeOfDay::Golden => "in low golden sun",
        TimeOfDay::Dusk => "at dusk",
        TimeOfDay::Night => "at night",
    };
    let weather = match place.weather {
        Weather::Clear => "",
        Weather::Cloudy => "cloudy sky",
        Weather::Rain => "rain",
        Weather::Storm => "storm",
        Weather::Snow => "snow",
        Weather::Fog => "fog",
    };
    let weather = if place.kind.is_indoors() { "" } else { weather };
    let props = if place.props.is_empty() { String::new() } else { format!("with {}", place.props.join(", ")) };
    let kind = spoken(place.kind.as_str());
    let kind = if place.name.to_lowercase().contains(&kind) { String::new() } else { kind };
    joined(&[place.name.clone(), kind, time.to_owned(), weather.to_owned(), props], ", ")
}

/// Nothing may be written into a picture: captions and cards are laid over it.
const NO_WORDS: &str = "No text, no letters, no watermark, no frame.";

/// A character sheet.
pub(crate) fn portrait_words(character: &Character, view: PortraitView, look: &Look) -> String {
    let side = match view {
        PortraitView::Front => "seen from the front",
        PortraitView::Side => "seen from the side, in profile",
        PortraitView::Back => "seen from behind",
    };
    let who = person_words(character);
    format!(
        "Character sheet: one {who}, whole figure, standing, {side}, alone on a plain light background. {} {NO_WORDS}",
        look_words(look)
    )
}

/// An empty set.
pub(crate) fn set_words(place: &Place, look: &Look) -> String {
    format!("An empty place with nobody in it: {}. {} {NO_WORDS}", place_words(place), look_words(look))
}

fn subject_words(shot: &Shot, cast: &[Character]) -> Vec<String> {
    let said = |subject: &story::Subject| {
        let what = match &subject.of {
            SubjectOf::Cast(id) => person_words(cast.iter().find(|c| &c.id == id)?),
            SubjectOf::Prop(noun) => return Some(noun.clone()),
        };
        let facing = match subject.facing {
            story::Facing::Left => "facing left",
            story::Facing::Right => "facing right",
            story::Facing::Camera => "facing the viewer",
            story::Facing::Away => "seen from behind",
        };
        let holding = if subject.holding.is_empty() { String::new() } else { format!("holding {}", subject.holding) };
        Some(joined(&[what, format!("pose: {}", subject.pose.as_str()), facing.to_owned(), holding], ", "))
    };
    shot.subjects.iter().filter_map(said).collect()
}

/// The first still of a shot.
pub(crate) fn frame_words(shot: &Shot, cast: &[Character], place: &Place, look: &Look) -> String {
    let subjects = subject_words(shot, cast);
    let who = if subjects.is_empty() { "Nobody is in the picture".to_owned() } else { subjects.join("; ") };
    format!(
        "{} shot, {} angle. {} In the picture, most important first: {who}. Place: {}. {} {NO_WORDS}",
        story::sentence_case(&spoken(shot.framing.as_str())),
        spoken(shot.angle.as_str()),
        shot.action,
        place_words(place),
        look_words(look),
    )
}

/// How a still moves.
pub(crate) fn clip_words(shot: &Shot, cast: &[Character], place: &Place, look: &Look) -> String {
    let who: Vec<String> = cast.iter().map(person_words).collect();
    let who = if who.is_empty() { String::new() } else { format!(" Seen: {}.", who.join("; ")) };
    format!(
        "{}{who} Camera: {}. Place: {}. One uninterrupted shot, no cut, nobody speaks. {} {NO_WORDS}",
        shot.action,
        match shot.camera {
            story::CameraMove::Hold => "does not move".to_owned(),
            moves => spoken(moves.as_str()),
        },
        place_words(place),
        look_words(look),
    )
}
