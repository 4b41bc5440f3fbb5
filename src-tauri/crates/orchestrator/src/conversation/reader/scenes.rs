//! Requests about scenes: one more, one less, in another order, again, longer.

use builtin::writer::{place_in, time_in, weather_in};
use engine::Slot;
use story::{BoardChange, Change as Film, Mood, NewLine, NewScene, Scene, SceneId, ScriptChange};

use super::{Reader, Request};
use crate::Change;
use crate::documents::Documents;

/// The shortest and longest a shot is made by "shorter" and "longer", in milliseconds.
const SHOT_MS: std::ops::RangeInclusive<u32> = 800..=30_000;

impl Reader<'_> {
    /// Reads a request about scenes.
    pub(super) fn scene(&mut self, request: &Request<'_>) -> bool {
        let Some(documents) = self.documents else { return self.scene_of_brief(request) };
        if request.is_about(&["scene", "opening", "ending"]) || request.details.scene.is_some() {
            let done = match request.operation.as_str() {
                "remove" if request.is_about(&["scene", "opening"]) => self.remove_scenes(request),
                "add" if request.is_about(&["scene"]) && !Self::names_weather_or_time(request) => {
                    self.add_scene(request, documents)
                }
                "duplicate" => self.duplicate_scenes(request, documents),
                "move" => self.move_scene(request, documents),
                "regenerate" => self.retake_scenes(request, documents),
                "shorten" | "lengthen" | "speed_up" | "slow_down" => self.retime_scenes(request, documents),
                "rename" => self.title_scene(request, documents),
                _ => false,
            };
            if done {
                return true;
            }
        }
        self.staging(request, documents)
    }

    fn remove_scenes(&mut self, request: &Request<'_>) -> bool {
        let Some(scenes) = self.meant(request) else { return false };
        for scene in scenes {
            self.film_change(Film::Script(ScriptChange::RemoveScene { scene }));
        }
        true
    }

    /// The scenes that are named, the first for the opening, the last for the ending, or the one last spoken of.
    fn meant(&mut self, request: &Request<'_>) -> Option<Vec<SceneId>> {
        let documents = self.documents?;
        let named = self.named_scenes(request);
        named.or_else(|| match request.target.as_str() {
            "opening" => documents.scenes().first().map(|s| vec![s.id.clone()]),
            "ending" => documents.scenes().last().map(|s| vec![s.id.clone()]),
            _ => self.focus.scene.clone().map(|scene| vec![scene]),
        })
    }

    fn add_scene(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let Some(summary) = about(request) else { return false };
        let number = request.details.scene.as_ref().and_then(|n| n.list().first().copied());
        let at_start = request.has(&["beginning", "start", "first", "principio", "début", "anfang", "开头", "最初"]);
        let after = match number {
            _ if at_start => None,
            Some(n) => documents.scenes().get(n.saturating_sub(1) as usize).map(|s| s.id.clone()),
            None => documents.scenes().last().map(|s| s.id.clone()),
        };
        let model = after.as_ref().and_then(|id| documents.script.scene(id)).or(documents.scenes().first());
        let named: Vec<_> = documents.named_in(&summary).into_iter().cloned().collect();
        let name = |id| documents.cast.get(id).map(|member| member.drawn_as.as_ref().unwrap_or(&member.name).clone());
        let mut who: Vec<String> = named.iter().filter_map(name).collect();
        if who.is_empty() {
            who = model.map(|scene| scene.who.clone()).unwrap_or_default();
        }
        let place = place_in(&summary).map(|kind| kind.as_str().replace('_', " "));
        let scene = NewScene {
            title: story::clean_text(&story::sentence_case(&summary), 48),
            place: place.or_else(|| model.map(|s| s.place.clone())).unwrap_or_default(),
            time: time_in(&summary).or(model.map(|s| s.time)).unwrap_or_default(),
            weather: weather_in(&summary).or(model.map(|s| s.weather)).unwrap_or_default(),
            mood: Mood::from_words(&summary).or(model.map(|s| s.mood)).unwrap_or_default(),
            who,
            props: Vec::new(),
            lines: vec![NewLine { speaker: story::Speaker::Narrator, text: sentence(&summary) }],
            duration_ms: model.map_or(6000, |s| s.duration_ms).clamp(3000, 12_000),
            summary: sentence(&summary),
        };
        self.film_change(Film::Script(ScriptChange::AddScene { after, scene }))
    }

    fn duplicate_scenes(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let Some(scenes) = self.meant(request) else { return false };
        for scene in scenes.iter().filter_map(|id| documents.script.scene(id)) {
            self.film_change(Film::Script(ScriptChange::AddScene {
                after: Some(scene.id.clone()),
                scene: copy(scene),
            }));
        }
        true
    }

    fn move_scene(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let list = documents.scenes();
        let numbers = request.details.scene.as_ref().map(crate::understanding::Numbers::list).unwrap_or_default();
        let id = |n: u32| n.checked_sub(1).and_then(|at| list.get(at as usize)).map(|scene| scene.id.clone());
        let Some(scene) = numbers.first().and_then(|n| id(*n)).or_else(|| self.focus.scene.clone()) else {
            return false;
        };
        let to_start =
            request.has(&["start", "beginning", "front", "first", "principio", "début", "anfang", "开头", "最初"]);
        let to_end = request.has(&["end", "last", "final", "fin", "ende", "schluss", "最后", "结尾", "最後"]);
        let after = match numbers.get(1) {
            Some(other) if request.has(&["before", "antes", "avant", "vor", "之前", "前"]) => {
                other.checked_sub(1).filter(|n| *n > 0).and_then(id)
            }
            Some(other) => id(*other),
            None if to_start => None,
            None if to_end => list.last().map(|s| s.id.clone()),
            None => return false,
        };
        if after.as_ref() == Some(&scene) {
            return false;
        }
        self.film_change(Film::Script(ScriptChange::MoveScene { scene, after }))
    }

    fn retake_scenes(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let Some(scenes) = self.meant(request) else { return false };
        let shots = scenes.iter().filter_map(|id| documents.boards.get(id)).flat_map(|board| &board.shots);
        let slots: Vec<_> = shots.filter_map(|shot| Slot::new(format!("frame/{}", shot.id)).ok()).collect();
        for slot in slots {
            self.change(Change::Retake(slot));
        }
        true
    }

    fn retime_scenes(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let Some(scenes) = self.meant(request) else { return false };
        let shorter = request.does(&["shorten", "speed_up"]);
        let boards: Vec<_> = scenes.iter().filter_map(|id| documents.boards.get(id)).collect();
        for shot in boards.iter().flat_map(|board| &board.shots) {
            let wanted = if shorter { shot.duration_ms * 2 / 3 } else { shot.duration_ms * 3 / 2 };
            let duration_ms = wanted.clamp(*SHOT_MS.start(), *SHOT_MS.end());
            let change = BoardChange::Retime { shot: shot.id.clone(), duration_ms };
            self.change(Change::Board { shot: shot.id.clone(), change });
        }
        !boards.is_empty()
    }

    fn title_scene(&mut self, request: &Request<'_>, _: &Documents) -> bool {
        let Some(title) = request.value() else { return false };
        let Some(scene) = self.meant(request).and_then(|list| list.into_iter().next()) else { return false };
        self.film_change(Film::Script(ScriptChange::TitleScene { scene, title: story::clean_text(&title, 60) }))
    }
}

fn sentence(text: &str) -> String {
    let text = story::sentence_case(text.trim());
    if text.ends_with(['.', '!', '?', '。']) { text } else { format!("{text}.") }
}

/// What a new scene or shot is about: what follows "where", "of", "with", "in which".
pub(super) fn about(request: &Request<'_>) -> Option<String> {
    let words = [
        " where ",
        " in which ",
        " of ",
        " with ",
        " showing ",
        " about ",
        ": ",
        " donde ",
        " où ",
        " in der ",
        " in dem ",
        " von ",
        " de ",
        "：",
        "，",
    ];
    let found = words.iter().filter_map(|word| request.text.find(word).map(|at| (at, at + word.len()))).min();
    let rest = found.map(|(_, from)| &request.text[from..]);
    let said = request.quote().or_else(|| rest.map(str::to_owned)).or_else(|| request.details.value.clone())?;
    let said = story::clean_text(said.trim_matches(|c: char| c.is_whitespace() || ".!".contains(c)), 300);
    let bare = ["a scene", "another scene", "scene", "a shot", "another shot", "shot"].contains(&said.as_str());
    (!said.is_empty() && !bare).then_some(said)
}

/// A scene once more.
fn copy(scene: &Scene) -> NewScene {
    NewScene {
        title: scene.title.clone(),
        summary: scene.summary.clone(),
        place: scene.place.clone(),
        time: scene.time,
        weather: scene.weather,
        mood: scene.mood,
        who: scene.who.clone(),
        props: scene.props.clone(),
        lines: scene.lines.iter().map(|l| NewLine { speaker: l.speaker.clone(), text: l.text.clone() }).collect(),
        duration_ms: scene.duration_ms,
    }
}
