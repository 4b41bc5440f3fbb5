//! Which scenes, which shot, who: words laid on the film as it is.

use story::{CastId, Gender, Nature, SceneId, ShotId};

use super::super::words;
use super::{Reader, Request};
use crate::documents::Documents;
use crate::replies::{Reply, Thing};

/// Where a change applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// In the whole film.
    All,
    /// In these scenes.
    Scenes(Vec<SceneId>),
}

impl Reader<'_> {
    /// The scenes that a request names; `None` when it names none.
    pub(super) fn named_scenes(&mut self, request: &Request<'_>) -> Option<Vec<SceneId>> {
        let documents = self.documents?;
        if let Some(scenes) = &self.scenes {
            return Some(scenes.clone());
        }
        let numbers = request.details.scene.as_ref().map(crate::understanding::Numbers::list).unwrap_or_default();
        if !numbers.is_empty() {
            let count = documents.scenes().len() as u32;
            let found: Vec<_> = numbers
                .iter()
                .filter_map(|n| documents.scenes().get(n.checked_sub(1)? as usize))
                .map(|s| s.id.clone())
                .collect();
            if found.is_empty() {
                let number = numbers.first().copied().unwrap_or_default();
                self.trouble(Reply::NoSuch { thing: Thing::Scene(number), count });
            }
            self.focus.scene = found.first().cloned().or(self.focus.scene.take());
            return Some(found);
        }
        if request.says("here") {
            return self.focus.scene.clone().map(|scene| vec![scene]);
        }
        let found = scenes_at(documents, &request.spaced, request.text);
        if found.is_empty() {
            return None;
        }
        self.focus.scene = found.first().cloned();
        Some(found)
    }

    /// Where a change applies: the scenes that are named, everywhere, or where the request before did.
    pub(super) fn scope(&mut self, request: &Request<'_>) -> Option<Scope> {
        let scope = if let Some(found) = self.named_scenes(request) {
            if found.is_empty() {
                return None;
            }
            Scope::Scenes(found)
        } else if request.says("everywhere") {
            Scope::All
        } else {
            self.before.clone().map_or(Scope::All, Scope::Scenes)
        };
        self.before = match &scope {
            Scope::Scenes(list) => Some(list.clone()),
            Scope::All => None,
        };
        Some(match (&scope, self.documents) {
            // Every scene of it is the film.
            (Scope::Scenes(list), Some(documents)) if list.len() == documents.scenes().len() && list.len() > 1 => {
                Scope::All
            }
            _ => scope,
        })
    }

    /// True for words that only say where the next request applies ("In the second scene").
    pub(super) fn only_says_where(&mut self, request: &Request<'_>) -> bool {
        if !matches!(request.operation.as_str(), "" | "change" | "add") || story::words(request.text).len() > 6 {
            return false;
        }
        match self.named_scenes(request) {
            Some(found) if !found.is_empty() => {
                self.before = Some(found);
                true
            }
            _ => false,
        }
    }

    /// The shot that a request names by number, of the film or of a scene that is named too; `None` when it names none.
    pub(super) fn named_shots(&mut self, request: &Request<'_>) -> Option<Vec<ShotId>> {
        let documents = self.documents?;
        let numbers = request.details.shot.as_ref().map(crate::understanding::Numbers::list).unwrap_or_default();
        if numbers.is_empty() {
            let this = [
                "this shot",
                "that shot",
                "the same shot",
                "este plano",
                "ce plan",
                "diese einstellung",
                "这个镜头",
                "このショット",
            ];
            let last = [
                "last shot",
                "final shot",
                "último plano",
                "dernier plan",
                "letzte einstellung",
                "最后一个镜头",
                "最後のショット",
            ];
            if request.has(&this) {
                return self.focus.shot.clone().map(|shot| vec![shot]);
            }
            if request.has(&last) {
                return documents.shots().last().map(|(_, shot)| vec![shot.id.clone()]);
            }
            return None;
        }
        let scenes = request.details.scene.as_ref().map(crate::understanding::Numbers::list).unwrap_or_default();
        let within: Vec<_> = match scenes.first() {
            Some(scene) => {
                documents.shots().into_iter().filter(|(of, _)| *of as u32 == *scene).map(|(_, s)| s).collect()
            }
            None => documents.shots().into_iter().map(|(_, s)| s).collect(),
        };
        let found: Vec<ShotId> =
            numbers.iter().filter_map(|n| within.get(n.checked_sub(1)? as usize)).map(|s| s.id.clone()).collect();
        if found.is_empty() {
            let number = numbers.first().copied().unwrap_or_default();
            self.trouble(Reply::NoSuch { thing: Thing::Shot(number), count: within.len() as u32 });
        }
        self.focus.shot = found.first().cloned().or(self.focus.shot.take());
        Some(found)
    }

    /// Who a request is about. `None` when it is about nobody, or nobody can tell; then it is noted who may be meant.
    pub(super) fn who(&mut self, request: &Request<'_>) -> Option<CastId> {
        let documents = self.documents?;
        if let Some(who) = &self.who {
            self.focus.cast = Some(who.clone());
            return Some(who.clone());
        }
        let mut named = documents.named_in(request.text);
        if named.is_empty()
            && let Some(name) = &request.details.character
        {
            named = documents.cast.named(name).map(|member| vec![&member.id]).unwrap_or_default();
        }
        if let [one, ..] = named.as_slice() {
            let who = (*one).clone();
            self.focus.cast = Some(who.clone());
            return Some(who);
        }
        let pronoun = pronoun(request)?;
        let fits = |id: &CastId| documents.cast.get(id).is_some_and(|member| pronoun.fits(member));
        if let Some(last) = self.focus.cast.clone().filter(fits) {
            return Some(last);
        }
        let all: Vec<_> = documents.cast.members.iter().filter(|m| m.visible && pronoun.fits(m)).collect();
        match all.as_slice() {
            [only] => {
                self.focus.cast = Some(only.id.clone());
                Some(only.id.clone())
            }
            [] => None,
            several => {
                self.read.which = several.iter().map(|member| member.id.clone()).collect();
                None
            }
        }
    }
}

/// The scenes at a place, or with a thing, that words name.
fn scenes_at(documents: &Documents, spaced: &str, text: &str) -> Vec<SceneId> {
    let at = |scene: &&story::Scene| {
        let place = documents.places.of_scene(&scene.id);
        let kind = place.map(|p| p.kind.as_str().replace('_', " ")).unwrap_or_default();
        let name = place.map_or_else(|| scene.place.clone(), |p| p.name.clone());
        let words = story::words(&name).into_iter().chain([kind]);
        let mut words = words.filter(|w| w.chars().count() > 2 && !words::list("common").contains(&w.as_str()));
        let named = words.any(|word| spaced.contains(&format!(" {word} ")));
        let same_kind = || {
            let said = builtin::writer::place_in(text);
            said.is_some() && said == place.map(|p| p.kind) && !story::words(text).is_empty()
        };
        named || same_kind()
    };
    documents.scenes().iter().filter(at).map(|scene| scene.id.clone()).collect()
}

enum Pronoun {
    She,
    He,
    It,
    Anyone,
}

impl Pronoun {
    fn fits(&self, member: &story::Character) -> bool {
        let gender = member.features.gender;
        match self {
            Self::She => gender != Gender::Male,
            Self::He => gender != Gender::Female,
            Self::It => member.nature != Nature::Human,
            Self::Anyone => true,
        }
    }
}

fn pronoun(request: &Request<'_>) -> Option<Pronoun> {
    let she = ["her", "she", "ella", "elle", "sie", "ihr", "她", "彼女"];
    let he = ["him", "he", "his", "él", "lui", "il", "ihn", "ihm", "er", "他", "彼"];
    let they = ["them", "they", "their", "that character", "the character", "le", "la", "lo"];
    if request.has(&she) {
        Some(Pronoun::She)
    } else if request.has(&he) {
        Some(Pronoun::He)
    } else if request.has(&they) && request.is_about(&["character", "costume"]) {
        Some(Pronoun::Anyone)
    } else if request.has(&["it"]) && request.is_about(&["costume"]) {
        Some(Pronoun::It)
    } else {
        None
    }
}
