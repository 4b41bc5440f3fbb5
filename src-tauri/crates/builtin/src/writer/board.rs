//! The storyboard artist: a scene becomes shots, each with its picture, its lines and its length.
//!
//! Every line is heard in exactly one shot, in order; the shots add up to the scene.

use story::{
    Brief, CameraMove, Cast, Character, Framing, Language, Minter, Place, PlaceKind, Places, Pose, Scene, Script, Seed,
    Shot, Storyboard, Subject, sentence_case,
};

use super::budget::{AROUND_MS, LEAD_MS, TAIL_MS, share, speech_ms};
use super::framing::{self, Standing, View};
use super::lexicon::place_defaults;
use super::staging;

/// The shortest shot nobody speaks in, in milliseconds.
const SILENT_MS: u32 = 2000;
/// The length shots are aimed at.
const SHOT_MS: u32 = 4300;
/// The longest a shot should be.
const LONGEST_MS: u32 = 5800;

struct Slot {
    lines: Vec<usize>,
    need: u32,
}

/// Draws the storyboard of one scene.
pub fn draw_storyboard(scene: &Scene, script: &Script, cast: &Cast, places: &Places, brief: &Brief) -> Storyboard {
    let at = script.scenes.iter().position(|s| s.id == scene.id).unwrap_or_default();
    let last = at + 1 >= script.scenes.len();
    let seed = brief.seed.fork("storyboard").fork(scene.id.as_str());
    let mut rng = seed.rng();
    let mut minter = Minter::new(seed.fork("shots"));
    let place = places.of_scene(&scene.id).cloned().unwrap_or_else(|| unplaced(scene, seed));
    let present = staging::present(scene, cast, &place);
    let things = staging::things(scene, &place);
    let slots = plan(scene, at == 0, last, brief.language.value, &mut rng);
    let needs: Vec<u32> = slots.iter().map(|s| s.need).collect();
    let durations = share(scene.duration_ms, &needs, &mut rng);
    let mut before: Option<(View, CameraMove)> = None;
    let mut shown: Vec<String> = Vec::new();
    let count = slots.len();
    let mut shots = Vec::new();
    for (index, (slot, duration_ms)) in slots.into_iter().zip(durations).enumerate() {
        let text: String = slot.lines.iter().map(|l| scene.lines[*l].text.as_str()).collect::<Vec<_>>().join(" ");
        let told = if text.is_empty() { scene.summary.as_str() } else { text.as_str() };
        let people = staging::focus(&text, &present);
        let fresh: Vec<&String> = things.iter().filter(|t| !shown.contains(t)).collect();
        // While somebody is spoken of, a thing is shown only if it is named.
        let showable = if text.is_empty() || people.is_empty() { fresh.len() } else { 0 };
        let standing = if index == 0 {
            Standing::First { scene: at }
        } else if last && index + 1 == count {
            Standing::Closing
        } else {
            Standing::Inside
        };
        let mut view = framing::view(standing, people.len(), showable, before.map(|b| b.0), &mut rng);
        // A thing the line names is shown, once.
        let nobody = staging::named(&text, &present).is_empty();
        let spoken = format!(" {} ", story::words(&text).join(" "));
        let named = fresh.iter().find(|t| nobody && spoken.contains(&format!(" {t} "))).map(|t| (*t).clone());
        if standing == Standing::Inside
            && named.is_some()
            && before.is_none_or(|b| b.0.0 != Framing::Insert)
            && rng.chance(0.5)
        {
            view = (Framing::Insert, story::Angle::Eye);
        }
        let bare = place.kind == PlaceKind::Studio && present.is_empty() && !things.is_empty();
        if bare && !matches!(view.0, Framing::Insert | Framing::Medium) {
            // Before a plain wall there is nothing to see but the thing itself.
            let nearer = before.map_or(at % 2 == 1, |b| b.0.0 == Framing::Medium);
            view = (if nearer { Framing::Insert } else { Framing::Medium }, story::Angle::Eye);
        }
        let calm = standing == Standing::Closing;
        let subjects = subjects_of(
            view,
            &people,
            &present,
            told,
            named.as_ref().or(fresh.first().copied()),
            &things,
            calm,
            &mut rng,
        );
        if let Some(Subject { of: story::SubjectOf::Prop(noun), .. }) = subjects.first() {
            shown.push(noun.clone());
        }
        let pose = subjects.first().map_or(Pose::Stand, |s| s.pose);
        let camera = framing::camera(view, standing, pose, scene.mood, before.map(|b| b.1), &mut rng);
        before = Some((view, camera));
        shots.push(Shot {
            id: minter.shot(),
            scene: scene.id.clone(),
            place: place.id.clone(),
            framing: view.0,
            angle: view.1,
            camera,
            action: action(view, &subjects, cast, &place, brief.language.value),
            subjects,
            mood: scene.mood,
            lines: slot.lines.iter().map(|l| scene.lines[*l].id.clone()).collect(),
            duration_ms,
        });
    }
    Storyboard { scene: scene.id.clone(), shots }
}

// A scene the extractor did not place is drawn where its words say, or in open country.
fn unplaced(scene: &Scene, seed: Seed) -> Place {
    let kind = super::setting::places_in(&scene.place).first().map_or(PlaceKind::default(), |f| f.kind);
    Place {
        id: Minter::new(seed.fork("place")).place(),
        variant_of: None,
        name: scene.place.clone(),
        kind,
        time: scene.time,
        weather: scene.weather,
        props: Vec::new(),
    }
}

// Which lines are heard in which shot, and how long each shot must be.
fn plan(scene: &Scene, first: bool, last: bool, language: Language, rng: &mut story::Rng) -> Vec<Slot> {
    let total = scene.duration_ms;
    let lines = scene.lines.len();
    // Several lines share a shot only when the scene is too short for one each.
    let groups = lines.min((total / 1500).max(1) as usize);
    let mut slots: Vec<Slot> = (0..groups)
        .map(|g| {
            let lines: Vec<usize> = (g * lines / groups..(g + 1) * lines / groups).collect();
            let need = lines.iter().map(|l| speech_ms(&scene.lines[*l].text, language) + AROUND_MS).sum();
            Slot { lines, need }
        })
        .collect();
    let lead = if first { LEAD_MS } else { 0 };
    let tail = if last { TAIL_MS } else { 0 };
    let need: u32 = slots.iter().map(|s| s.need).sum::<u32>() + lead + tail;
    let slack = total.saturating_sub(need);
    let wanted = ((total + SHOT_MS / 2) / SHOT_MS).max(total.div_ceil(LONGEST_MS)).max(1) as usize;
    let mut silent = wanted.saturating_sub(groups).min(((slack + lead + tail) / SILENT_MS) as usize);
    if slots.is_empty() {
        silent = wanted.min((total / 1000).max(1) as usize);
    }
    // The title has a picture of its own where there is time, and so has the end.
    let quiet = || Slot { lines: Vec::new(), need: SILENT_MS };
    let mut end = None;
    if last && silent > 0 && !slots.is_empty() {
        end = Some(quiet());
        silent -= 1;
    } else if let Some(slot) = slots.last_mut() {
        slot.need += tail;
    }
    if first && silent > 0 {
        slots.insert(0, quiet());
        silent -= 1;
    } else if let Some(slot) = slots.first_mut() {
        slot.need += lead;
    }
    for _ in 0..silent {
        let low = usize::from(first);
        let place = low + rng.below((slots.len() + 1).saturating_sub(low));
        slots.insert(place.min(slots.len()), quiet());
    }
    slots.extend(end);
    slots
}

#[allow(clippy::too_many_arguments)] // one shot has that many sides
fn subjects_of(
    view: View,
    people: &[&Character],
    present: &[&Character],
    told: &str,
    prop: Option<&String>,
    things: &[String],
    calm: bool,
    rng: &mut story::Rng,
) -> Vec<Subject> {
    match view.0 {
        Framing::Establishing => Vec::new(),
        Framing::Insert => prop.map(|p| vec![staging::thing(p)]).unwrap_or_default(),
        // Where nobody is, the things are what the film is about.
        _ if present.is_empty() => prop.or(things.first()).map(|p| vec![staging::thing(p)]).unwrap_or_default(),
        Framing::CloseUp => staging::subjects(&people[..people.len().min(1)], view.0, told, things, calm, rng),
        Framing::OverShoulder | Framing::Wide => {
            staging::subjects(&present[..present.len().min(3)], view.0, told, things, calm, rng)
        }
        Framing::Full | Framing::Medium => {
            staging::subjects(&people[..people.len().min(3)], view.0, told, things, calm, rng)
        }
    }
}

// One sentence for the storyboard card and for models that read. What is heard is not in it: a line that is written anew
// must not ask for another picture.
fn action(view: View, subjects: &[Subject], cast: &Cast, place: &Place, language: Language) -> String {
    let names: Vec<String> = subjects
        .iter()
        .filter_map(|s| match &s.of {
            story::SubjectOf::Cast(id) => cast.get(id).map(|m| lower_first(&m.name)),
            story::SubjectOf::Prop(noun) => {
                Some(if language == Language::En { format!("the {noun}") } else { noun.clone() })
            }
        })
        .collect();
    if language != Language::En {
        let who =
            if names.is_empty() { place.name.clone() } else { format!("{} – {}", names.join(", "), place.name) };
        return sentence_case(&who);
    }
    let words = place_defaults(place.kind);
    let preposition = if place.name == words.phrase { words.preposition } else { "at" };
    let place_words = format!("{preposition} {}", place.name);
    let time = match place.time {
        story::TimeOfDay::Golden => "in late light",
        story::TimeOfDay::Day => "by day",
        story::TimeOfDay::Night => "at night",
        story::TimeOfDay::Dawn => "at dawn",
        story::TimeOfDay::Dusk => "at dusk",
    };
    let picture = match (view.0, names.as_slice()) {
        (Framing::Insert, [thing, ..]) if place.name.contains(thing.trim_start_matches("the ")) => {
            format!("{thing}, alone in the picture")
        }
        (Framing::Insert, [thing, ..]) => format!("{thing} {place_words}, alone in the picture"),
        (_, []) => format!("{} {time}", place.name),
        (Framing::OverShoulder, [seen, behind, ..]) => {
            format!("{seen}, seen over the shoulder of {behind}, {place_words}")
        }
        (Framing::CloseUp, [one, ..]) => format!("{one}, close, {place_words} {time}"),
        (_, names) => {
            let many = names.len() > 1;
            let who = super::grammar::and_joined(names);
            let holding = subjects
                .iter()
                .find(|s| !s.holding.is_empty())
                .map(|s| format!(" with {} {}", super::grammar::article(&s.holding), s.holding))
                .unwrap_or_default();
            format!(
                "{who} {} {place_words} {time}{holding}",
                does(subjects.first().map_or(Pose::Stand, |s| s.pose), many)
            )
        }
    };
    format!("{}.", sentence_case(&picture))
}

fn does(pose: Pose, many: bool) -> &'static str {
    match (pose, many) {
        (Pose::Stand, false) => "is",
        (Pose::Stand, true) => "are",
        (Pose::Walk, false) => "moves",
        (Pose::Walk, true) => "move",
        (Pose::Sit, false) => "sits",
        (Pose::Sit, true) => "sit",
        (Pose::Run, false) => "runs",
        (Pose::Run, true) => "run",
        (Pose::Point, false) => "points",
        (Pose::Point, true) => "point",
        (Pose::Hold, false) => "stands",
        (Pose::Hold, true) => "stand",
        (Pose::Sleep, false) => "rests",
        (Pose::Sleep, true) => "rest",
        (Pose::Talk, false) => "speaks",
        (Pose::Talk, true) => "speak",
    }
}

fn lower_first(name: &str) -> String {
    for article in ["The ", "A ", "An ", "My ", "Our ", "Two "] {
        if let Some(rest) = name.strip_prefix(article) {
            return format!("{}{rest}", article.to_lowercase());
        }
    }
    name.to_owned()
}
