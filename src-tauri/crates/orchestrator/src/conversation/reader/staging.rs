//! Requests about what a scene is like: when, in what weather, how it feels, what stands there, where it is.

use builtin::writer::{place_in, time_in, weather_in};
use story::{Change as Film, Language, Mood, PlacesChange, SceneId, ScriptChange, TimeOfDay, Weather};

use super::scope::Scope;
use super::{Reader, Request, feeling};
use crate::documents::Documents;
use crate::{BriefChange, Change};

impl Reader<'_> {
    /// Reads a request about what scenes are like.
    pub(super) fn staging(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        self.weather(request) | self.time(request, documents)
            || self.feeling(request)
            || self.thing(request)
            || self.elsewhere(request)
    }

    /// While nothing is written, time and weather are said with the subject.
    pub(super) fn scene_of_brief(&mut self, request: &Request<'_>) -> bool {
        if request.is_about(&["scene", "shot", "camera"]) && request.details.scene.is_some() {
            return self.not_written();
        }
        let time = time_in(request.text).map(|time| match time {
            TimeOfDay::Dawn => "at dawn",
            TimeOfDay::Day => "by day",
            TimeOfDay::Golden => "in golden light",
            TimeOfDay::Dusk => "at dusk",
            TimeOfDay::Night => "at night",
        });
        let weather = weather_in(request.text).map(|weather| match weather {
            Weather::Clear => "under a clear sky",
            Weather::Cloudy => "under clouds",
            Weather::Rain => "in the rain",
            Weather::Storm => "in a storm",
            Weather::Snow => "in the snow",
            Weather::Fog => "in the fog",
        });
        let said: Vec<_> = [time, weather].into_iter().flatten().collect();
        if said.is_empty() || request.does(&["remove"]) {
            return false;
        }
        let brief = self.brief_now();
        let mut theme = brief.theme.clone();
        if crate::language_of(&theme) == Language::En {
            for phrase in said.iter().filter(|phrase| !brief.theme.contains(**phrase)) {
                theme = format!("{theme} {phrase}");
            }
        } else {
            theme = format!("{theme}, {}", request.text);
        }
        self.change(Change::Brief(BriefChange::Theme(theme)));
        // Another subject has another cast; here it is the same one still.
        brief.characters.is_empty() || self.change(Change::Brief(BriefChange::Cast(brief.characters.join(", "))))
    }

    pub(super) fn names_weather_or_time(request: &Request<'_>) -> bool {
        request.is_about(&["weather", "lighting"])
            || (weather_in(request.text).is_some() && !request.has(&["scene", "where"]))
    }

    /// One change for each scene, or one for all.
    fn places(&mut self, scope: Scope, change: impl Fn(Option<SceneId>) -> PlacesChange) -> bool {
        match scope {
            Scope::All => self.film_change(Film::Places(change(None))),
            Scope::Scenes(scenes) => {
                for scene in scenes {
                    self.film_change(Film::Places(change(Some(scene))));
                }
                true
            }
        }
    }

    fn weather(&mut self, request: &Request<'_>) -> bool {
        let Some(weather) = weather_in(request.text).or_else(|| clear(request)) else { return false };
        // "The letter in the rain" says which, not what, unless it is what is asked for.
        let asked = request.is_about(&[
            "weather",
            "effect",
            "object",
            "background",
            "scene",
            "video",
            "lighting",
            "sound",
            "mood",
            "",
        ]);
        if !asked || request.does(&["duplicate", "move"]) {
            return false;
        }
        let weather = if request.does(&["remove", "decrease"]) { Weather::Clear } else { weather };
        let Some(scope) = self.scope(request) else { return true };
        self.places(scope, |scene| PlacesChange::Weather { scene, weather })
    }

    fn time(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let darker = request.does(&["darken"]);
        let brighter = request.does(&["brighten"]);
        let named = time_in(request.text).or_else(|| golden(request)).filter(|_| !request.does(&["remove"]));
        if named.is_none() && !darker && !brighter || request.is_about(&["costume", "character", "music", "title"]) {
            return false;
        }
        let Some(scope) = self.scope(request) else { return true };
        if let Some(time) = named {
            return self.places(scope, |scene| PlacesChange::Time { scene, time });
        }
        // Darker and brighter are one step of the day, scene by scene: each has its own light.
        let scenes: Vec<_> = match &scope {
            Scope::All => documents.scenes().iter().map(|scene| scene.id.clone()).collect(),
            Scope::Scenes(scenes) => scenes.clone(),
        };
        let light = |scene: &SceneId| documents.places.of_scene(scene).map(|place| place.time).unwrap_or_default();
        let steps: Vec<_> = scenes.iter().map(|scene| step(light(scene), darker)).collect();
        if let (Scope::All, Some(Some(time))) = (scope, steps.first().copied())
            && steps.iter().all(|step| *step == Some(time))
        {
            return self.film_change(Film::Places(PlacesChange::Time { scene: None, time }));
        }
        for scene in scenes {
            let change = if let Some(time) = step(light(&scene), darker) {
                Film::Places(PlacesChange::Time { scene: Some(scene), time })
            } else {
                let mood = if darker { Mood::Dark } else { Mood::Joyful };
                Film::Script(ScriptChange::SetMood { scene, mood })
            };
            self.film_change(change);
        }
        true
    }

    fn feeling(&mut self, request: &Request<'_>) -> bool {
        if !request.is_about(&["scene", "mood", "opening", "ending"]) {
            return false;
        }
        let Some(mood) = feeling(request.text) else { return false };
        match self.named_scenes(request).or_else(|| self.before_scenes(request)) {
            Some(scenes) if !scenes.is_empty() => {
                for scene in scenes {
                    self.film_change(Film::Script(ScriptChange::SetMood { scene, mood }));
                }
                true
            }
            _ => false,
        }
    }

    fn before_scenes(&self, request: &Request<'_>) -> Option<Vec<SceneId>> {
        self.before.clone().filter(|_| request.details.scene.is_none())
    }

    /// A thing more or less in scenes.
    fn thing(&mut self, request: &Request<'_>) -> bool {
        if !request.is_about(&["object", "background"]) || !request.does(&["add", "remove"]) {
            return false;
        }
        let Some(prop) = request.value().map(|value| noun(&value)).filter(|prop| !prop.is_empty()) else {
            return false;
        };
        let Some(scenes) = self.named_scenes(request).or_else(|| self.focus.scene.clone().map(|scene| vec![scene]))
        else {
            return false;
        };
        for scene in scenes {
            let prop = prop.clone();
            self.film_change(Film::Places(match request.operation.as_str() {
                "add" => PlacesChange::AddProp { scene, prop },
                _ => PlacesChange::RemoveProp { scene, prop },
            }));
        }
        true
    }

    /// A scene happens somewhere else.
    fn elsewhere(&mut self, request: &Request<'_>) -> bool {
        if !request.is_about(&["background", "scene"]) || !request.does(&["change", "replace", "move"]) {
            return false;
        }
        let Some(name) = request.value() else { return false };
        let Some(kind) = place_in(&name) else { return false };
        let numbers = request.details.scene.is_some();
        let scenes =
            if numbers { self.named_scenes(request) } else { self.focus.scene.clone().map(|scene| vec![scene]) };
        let Some(scenes) = scenes.filter(|list| !list.is_empty()) else { return false };
        for scene in scenes {
            self.film_change(Film::Places(PlacesChange::Move { scene, name: name.clone(), kind }));
        }
        true
    }
}

/// "Clear skies", "sunny".
fn clear(request: &Request<'_>) -> Option<Weather> {
    let words = [
        "sunny",
        "clear sky",
        "clear skies",
        "clear weather",
        "sunshine",
        "soleado",
        "ensoleillé",
        "sonnig",
        "晴天",
        "晴れ",
    ];
    request.has(&words).then_some(Weather::Clear)
}

fn golden(request: &Request<'_>) -> Option<TimeOfDay> {
    let words = [
        "golden hour",
        "sunset",
        "hora dorada",
        "puesta de sol",
        "coucher de soleil",
        "sonnenuntergang",
        "日落",
        "夕日",
    ];
    request.has(&words).then_some(TimeOfDay::Golden)
}

/// The time of day one step darker or brighter; `None` at the end.
fn step(time: TimeOfDay, darker: bool) -> Option<TimeOfDay> {
    match (time, darker) {
        (TimeOfDay::Dawn | TimeOfDay::Day | TimeOfDay::Golden, true) => Some(TimeOfDay::Dusk),
        (TimeOfDay::Dusk, true) => Some(TimeOfDay::Night),
        (TimeOfDay::Night, true) | (TimeOfDay::Day, false) => None,
        (TimeOfDay::Night, false) => Some(TimeOfDay::Dawn),
        (TimeOfDay::Dawn | TimeOfDay::Dusk | TimeOfDay::Golden, false) => Some(TimeOfDay::Day),
    }
}

/// The last word of a phrase, which names a thing ("an old boat").
fn noun(phrase: &str) -> String {
    story::words(phrase).pop().unwrap_or_default()
}
