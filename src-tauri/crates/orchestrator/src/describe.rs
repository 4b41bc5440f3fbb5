//! Changes in words, for the history and for proposals: "Line 4 rewritten", "Scene 2: fog".

use engine::Slot;
use story::{
    BoardChange, CastChange, Change as Film, Language, LookChange, PlacesChange, SceneId, ScoreChange, ScriptChange,
    Trait,
};

use crate::documents::Documents;
use crate::replies::{Done, Thing, done};
use crate::{BriefChange, Change};

/// What a change does, in the person's language.
pub(crate) fn described(change: &Change, documents: &Documents, language: Language) -> String {
    let (thing, what) = read(change, documents);
    done(&thing, &what, language)
}

fn read(change: &Change, documents: &Documents) -> (Thing, Done) {
    match change {
        Change::Brief(field) => brief(field),
        Change::Film(change) => film(change, documents),
        Change::Board { shot, change } => board(change, documents.scene_of_shot(shot), documents),
        Change::Retake(slot) => (thing_in(slot, documents), Done::Again),
        Change::Episode { episode, seconds, mood } => {
            let length = seconds.map(|s| format!("{s} s"));
            let feeling = mood.map(|m| m.as_str().to_owned());
            let value: Vec<_> = [length, feeling].into_iter().flatten().collect();
            (Thing::Episode(*episode as u32 + 1), Done::Is(value.join(", ")))
        }
        Change::ChooseEpisode(episode) => (Thing::Episode(*episode as u32 + 1), Done::Chosen),
        Change::Review(true) => (Thing::Review, Done::On),
        Change::Review(false) => (Thing::Review, Done::Off),
    }
}

fn brief(field: &BriefChange) -> (Thing, Done) {
    let is = |text: &str| Done::Is(text.replace('_', " "));
    match field {
        BriefChange::Theme(text) => (Thing::Subject, is(text)),
        BriefChange::Style(text) => (Thing::Style, is(text)),
        BriefChange::Mood(text) => (Thing::Mood, is(text)),
        BriefChange::Length(text) => {
            (Thing::Length, text.parse::<u32>().map_or_else(|_| is(text), |s| Done::Is(format!("{s} s"))))
        }
        BriefChange::Ratio(text) => (Thing::Shape, is(text)),
        BriefChange::Cast(text) => (Thing::Cast, is(text)),
        BriefChange::Language(text) => (Thing::Language, is(text)),
        BriefChange::Sound(text) => (Thing::Voice, if text == "no_voice" { Done::Off } else { Done::On }),
        BriefChange::Captions(text) => (Thing::Captions, if text == "off" { Done::Off } else { Done::On }),
        BriefChange::Special(text) => (Thing::Wishes, is(text)),
    }
}

fn film(change: &Film, documents: &Documents) -> (Thing, Done) {
    match change {
        Film::Script(change) => script(change, documents),
        Film::Cast(change) => cast(change, documents),
        Film::Places(change) => places(change, documents),
        Film::Board { scene, change } => board(change, Some(scene), documents),
        Film::Look(change) => (
            Thing::Look,
            Done::Is(match change {
                LookChange::Style { style, .. } => style.as_str().replace('_', " "),
                LookChange::Light(light) => format!("{light:?}").to_lowercase(),
                LookChange::Mood(mood) => mood.as_str().to_owned(),
                LookChange::Palette(colours) => colours.join(" "),
            }),
        ),
        Film::Voice(_) => (Thing::Voice, Done::Other),
        Film::Score(ScoreChange::Off(true)) => (Thing::Music, Done::Off),
        Film::Score(ScoreChange::Off(false)) => (Thing::Music, Done::On),
        Film::Score(ScoreChange::Mood(Some(mood))) => (Thing::Music, Done::Is(mood.as_str().to_owned())),
        Film::Score(ScoreChange::Mood(None)) => (Thing::Music, Done::Other),
    }
}

fn scene_thing(id: &SceneId, documents: &Documents) -> Thing {
    Thing::Scene(documents.number_of_scene(id))
}

fn script(change: &ScriptChange, documents: &Documents) -> (Thing, Done) {
    let scene = |id: &SceneId| scene_thing(id, documents);
    let line = |id: &story::LineId| Thing::Line(documents.number_of_line(id));
    match change {
        ScriptChange::Title(text) => (Thing::Title, Done::Is(text.clone())),
        ScriptChange::Ending(text) if text.is_empty() => (Thing::Ending, Done::Off),
        ScriptChange::Ending(text) => (Thing::Ending, Done::Is(text.clone())),
        ScriptChange::RewriteLine { line: id, .. } => (line(id), Done::Rewritten),
        ScriptChange::SpeakLine { line: id, .. } => (line(id), Done::Other),
        ScriptChange::AddLine { scene: id, .. } => (scene(id), Done::LineAdded),
        ScriptChange::RemoveLine { line: id } => (line(id), Done::Removed),
        ScriptChange::MoveLine { line: id, .. } => (line(id), Done::Moved),
        ScriptChange::RewriteScene { scene: id, .. } => (scene(id), Done::Rewritten),
        ScriptChange::TitleScene { scene: id, title } => (scene(id), Done::Is(title.clone())),
        ScriptChange::SetMood { scene: id, mood } => (scene(id), Done::Is(mood.as_str().to_owned())),
        ScriptChange::AddScene { scene, .. } => (Thing::Named(scene.title.clone()), Done::Added),
        ScriptChange::RemoveScene { scene: id } => (scene(id), Done::Removed),
        ScriptChange::MoveScene { scene: id, .. } => (scene(id), Done::Moved),
    }
}

fn cast(change: &CastChange, documents: &Documents) -> (Thing, Done) {
    let name = |id| documents.cast.get(id).map_or_else(String::new, |member| member.name.clone());
    match change {
        CastChange::Rename { cast, name: new } => (Thing::Named(name(cast)), Done::Is(new.clone())),
        CastChange::Replace { cast, with } => (Thing::Named(name(cast)), Done::Is(with.name.clone())),
        CastChange::Appear { cast, with } => {
            let value = match with {
                Trait::Age(age) => format!("{age:?}").to_lowercase(),
                Trait::Gender(gender) => format!("{gender:?}").to_lowercase(),
                Trait::Skin(tone) => tone.to_string(),
                Trait::Hair(text) | Trait::Clothes(text) | Trait::Colour(text) | Trait::Profession(text) => {
                    text.clone()
                }
            };
            (Thing::Named(name(cast)), Done::Is(value))
        }
    }
}

fn places(change: &PlacesChange, documents: &Documents) -> (Thing, Done) {
    let of = |scene: &Option<SceneId>| scene.as_ref().map_or(Thing::AllScenes, |id| scene_thing(id, documents));
    match change {
        PlacesChange::Time { scene, time } => (of(scene), Done::Time(*time)),
        PlacesChange::Weather { scene, weather } => (of(scene), Done::Weather(*weather)),
        PlacesChange::Move { scene, name, .. } => (scene_thing(scene, documents), Done::Is(name.clone())),
        PlacesChange::AddProp { scene, prop } => (scene_thing(scene, documents), Done::With(prop.clone())),
        PlacesChange::RemoveProp { scene, prop } => (scene_thing(scene, documents), Done::Without(prop.clone())),
    }
}

fn board(change: &BoardChange, scene: Option<&SceneId>, documents: &Documents) -> (Thing, Done) {
    let shot = |id| Thing::Shot(documents.number_of_shot(id));
    let is = |word: &str| Done::Is(word.replace('_', " "));
    match change {
        BoardChange::Action { shot: id, action } => (shot(id), Done::Is(action.clone())),
        BoardChange::Frame { shot: id, framing } => (shot(id), is(framing.as_str())),
        BoardChange::Angle { shot: id, angle } => (shot(id), is(angle.as_str())),
        BoardChange::Camera { shot: id, camera } => (shot(id), is(camera.as_str())),
        BoardChange::Retime { shot: id, duration_ms } => {
            (shot(id), Done::Is(format!("{:.1} s", f64::from(*duration_ms) / 1000.0)))
        }
        BoardChange::Stage { shot: id, .. } => (shot(id), Done::Other),
        BoardChange::AddProp { shot: id, prop } => (shot(id), Done::With(prop.clone())),
        BoardChange::RemoveProp { shot: id, prop } => (shot(id), Done::Without(prop.clone())),
        BoardChange::Insert { after: Some(id), .. } => (shot(id), Done::ShotAfter),
        BoardChange::Insert { after: None, .. } => {
            (scene.map_or(Thing::Film, |id| scene_thing(id, documents)), Done::ShotFirst)
        }
        BoardChange::Remove { shot: id } => (shot(id), Done::Removed),
        BoardChange::Move { shot: id, .. } => (shot(id), Done::Moved),
    }
}

/// What is in a slot.
pub(crate) fn thing_in(slot: &Slot, documents: &Documents) -> Thing {
    let member = slot.member().to_owned();
    let shot = || story::ShotId::try_from(member.clone()).ok().map(|id| documents.number_of_shot(&id));
    let known = match slot.collection().as_str() {
        "frame" => shot().map(Thing::Frame),
        "clip" => shot().map(Thing::Shot),
        "segment" => shot().map(Thing::Piece),
        "voice" => story::LineId::try_from(member.clone()).ok().map(|id| Thing::Line(documents.number_of_line(&id))),
        "board" | "board_draft" => {
            SceneId::try_from(member.clone()).ok().map(|id| Thing::Storyboard(documents.number_of_scene(&id)))
        }
        "portrait" => {
            let id = member.rsplit_once('-').map_or(member.as_str(), |(id, _)| id).to_owned();
            let id = story::CastId::try_from(id).ok();
            id.and_then(|id| documents.cast.get(&id)).map(|member| Thing::Portrait(member.name.clone()))
        }
        "set" => {
            let id = story::PlaceId::try_from(member.clone()).ok();
            id.and_then(|id| documents.places.get(&id)).map(|place| Thing::Named(place.name.clone()))
        }
        "music" => Some(Thing::Music),
        "sound" => Some(Thing::Sound),
        "film" => Some(Thing::Film),
        "script" | "script_draft" => Some(Thing::Script),
        "cast" | "cast_draft" => Some(Thing::Cast),
        "look" | "look_draft" => Some(Thing::Look),
        _ => None,
    };
    known.unwrap_or_else(|| Thing::Named(slot.collection().as_str().replace('_', " ")))
}
