//! Requests about somebody: older, in a red coat, called June, somebody else.

use engine::Slot;
use story::{
    Age, Brief, CastChange, CastId, Change as Film, Character, Gender, NewCharacter, Script, Speaker, Trait,
    VoiceChange, VoiceWish,
};

use super::{Reader, Request, without_name};
use crate::documents::Documents;
use crate::replies::Reply;
use crate::{BriefChange, Change};

impl Reader<'_> {
    /// Reads a request about somebody.
    pub(super) fn cast(&mut self, request: &Request<'_>) -> bool {
        let Some(documents) = self.documents else { return self.cast_of_brief(request) };
        let voice = request.is_about(&["voice", "voice_over"]);
        if voice && let Some(wish) = voice_wish(request) {
            let who = self.who(request);
            let narrator = request.is_about(&["voice_over"]) || request.has(&["narrator", "narration"]);
            let speaker = who.filter(|_| !narrator).map_or(Speaker::Narrator, Speaker::Cast);
            return self.film_change(Film::Voice(VoiceChange { speaker, voice: wish }));
        }
        let rename = request.does(&["rename"]) && !request.is_about(&["title", "scene"]);
        let looks = request.says("older") || request.says("younger") || request.is_about(&["costume", "character"]);
        let swaps = request.does(&["replace"]) && !documents.named_in(request.text).is_empty();
        let dresses = request.says("clothes") || request.says("hair");
        if !rename && !looks && !swaps && !dresses {
            return false;
        }
        let asked = self.read.which.len();
        let Some(who) = self.who(request) else { return self.read.which.len() > asked };
        let Some(member) = documents.cast.get(&who) else { return false };
        if rename {
            return self.rename(request, member);
        }
        let appears = ["older", "younger", "clothes", "hair"].iter().any(|class| request.says(class));
        if swaps || (request.does(&["replace", "change"]) && request.is_about(&["character"]) && !appears) {
            let into = after_who(request, member);
            if let Some(new) = into.as_deref().and_then(|words| somebody(words, &self.edition.brief, documents)) {
                return self.film_change(Film::Cast(CastChange::Replace { cast: who, with: new }));
            }
        }
        if request.does(&["regenerate"]) {
            let slot = Slot::new(format!("portrait/{who}-front"));
            return slot.is_ok_and(|slot| self.change(Change::Retake(slot)));
        }
        self.appear(request, member)
    }

    fn rename(&mut self, request: &Request<'_>, member: &Character) -> bool {
        let value = request.quote().or_else(|| request.details.value.clone()).or_else(|| last_name(request.text));
        let value = value.map(|value| without_name(&value, &member.name));
        let Some(name) = value.filter(|name| !name.eq_ignore_ascii_case(&member.name)) else { return false };
        self.change(Change::rename(member.id.clone(), story::clean_text(&story::sentence_case(&name), 60)))
    }

    fn appear(&mut self, request: &Request<'_>, member: &Character) -> bool {
        let with = if request.says("older") {
            Trait::Age(match member.features.age {
                Age::Child => Age::Young,
                Age::Young => Age::Adult,
                Age::Adult | Age::Old => Age::Old,
            })
        } else if request.says("younger") {
            Trait::Age(match member.features.age {
                Age::Old => Age::Adult,
                Age::Adult => Age::Young,
                Age::Young | Age::Child => Age::Child,
            })
        } else if request.has(&[
            "woman", "girl", "female", "mujer", "chica", "femme", "fille", "frau", "mädchen", "女人", "女孩", "女性",
        ]) {
            Trait::Gender(Gender::Female)
        } else if request
            .has(&["man", "boy", "male", "hombre", "chico", "homme", "garçon", "mann", "junge", "男人", "男孩", "男性"])
        {
            Trait::Gender(Gender::Male)
        } else if request.says("hair") {
            let Some(words) = self.worn(request, &member.id) else { return false };
            Trait::Hair(words)
        } else if request.says("clothes") || request.is_about(&["costume"]) {
            let Some(words) = self.worn(request, &member.id) else { return false };
            Trait::Clothes(words)
        } else {
            return false;
        };
        if matches!(&with, Trait::Age(age) if *age == member.features.age) {
            return self.trouble(Reply::FindsNothing { what: request.text.to_owned() });
        }
        self.film_change(Film::Cast(CastChange::Appear { cast: member.id.clone(), with }))
    }

    /// What somebody wears, or has for hair, in the words of the request.
    fn worn(&self, request: &Request<'_>, who: &CastId) -> Option<String> {
        if request.does(&["remove"]) {
            return Some(String::new());
        }
        let words = [
            " wearing ",
            " wear ",
            " in ",
            " an ",
            " a ",
            " with ",
            " to ",
            " un ",
            " une ",
            " una ",
            " einen ",
            " eine ",
            " ein ",
            "穿",
            "戴",
        ];
        let found = words.iter().find_map(|word| request.text.split_once(word).map(|(_, rest)| rest.trim()));
        let value = request.quote().or_else(|| request.details.value.clone()).or_else(|| found.map(str::to_owned))?;
        let name = self.documents.and_then(|d| d.cast.get(who)).map(|m| m.name.to_lowercase()).unwrap_or_default();
        let value = story::clean_text(value.trim_matches(|c: char| c.is_whitespace() || ".!".contains(c)), 80);
        let value = without_name(&value, &name);
        let bare = ["a ", "an ", "un ", "une ", "una ", "ein ", "eine ", "einen "];
        let value = bare.iter().find_map(|article| value.strip_prefix(article)).map_or(value.clone(), str::to_owned);
        (!value.is_empty() && value.to_lowercase() != name).then_some(value)
    }

    /// While nothing is written, the cast is in the brief: one more, or somebody else.
    fn cast_of_brief(&mut self, request: &Request<'_>) -> bool {
        let somebody_more = request.does(&["add"]) && request.is_about(&["object", "video", ""]);
        if !(somebody_more || request.is_about(&["character"])) {
            return false;
        }
        let named = crate::parameters::actors(request.text);
        if !request.does(&["add"]) || named.is_empty() {
            return request.is_about(&["character"]) && self.not_written();
        }
        let mut cast = crate::cast_of(&self.brief_now());
        cast.extend(named);
        self.change(Change::Brief(BriefChange::Cast(cast.join(", "))))
    }
}

/// What follows "with", "to" or "into", that is not the one who is replaced.
fn after_who(request: &Request<'_>, member: &Character) -> Option<String> {
    let words = [
        " with ",
        " by ",
        " into ",
        " to ",
        " for ",
        " por ",
        " par ",
        " durch ",
        " gegen ",
        "换成",
        "改成",
        "替换成",
        "に",
    ];
    let rest = words.iter().find_map(|word| request.text.split_once(word).map(|(_, rest)| rest.trim().to_owned()));
    let said = rest.or_else(|| request.details.value.clone())?;
    let said = story::clean_text(said.trim_matches(|c: char| c.is_whitespace() || ".!".contains(c)), 120);
    let (names, words) = (story::words(&member.name), story::words(&said));
    let only_named = words.iter().all(|word| names.contains(word) || word == "the");
    (!said.is_empty() && !only_named).then_some(said)
}

/// A character of a few words ("a black cat"), as the crew would cast it.
fn somebody(words: &str, brief: &Brief, documents: &Documents) -> Option<NewCharacter> {
    let first = documents.scenes().first()?;
    let scene = story::Scene { who: vec![words.to_owned()], lines: Vec::new(), drafted: None, ..first.clone() };
    let script = Script { scenes: vec![scene], ..documents.script.clone() };
    let about = Brief { language: brief.language.clone(), seed: brief.seed, ..Brief::about(words) };
    let member = builtin::writer::extract_cast(&script, &about).members.into_iter().next()?;
    let bare = ["a ", "an ", "the "]
        .iter()
        .find_map(|article| member.name.to_lowercase().strip_prefix(article).map(str::to_owned));
    let name = bare.map_or(member.name, |bare| story::sentence_case(&format!("the {bare}")));
    Some(NewCharacter { name, noun: member.noun, nature: member.nature, features: member.features })
}

/// The last word that begins with a large letter, for "call her June".
fn last_name(text: &str) -> Option<String> {
    let word = text.split_whitespace().last()?.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    word.chars().next().is_some_and(char::is_uppercase).then_some(word)
}

/// How a voice shall be.
fn voice_wish(request: &Request<'_>) -> Option<VoiceWish> {
    let mut wish = VoiceWish::default();
    if request.has(&[
        "woman",
        "female",
        "woman's",
        "mujer",
        "femenina",
        "femme",
        "frau",
        "weiblich",
        "weibliche",
        "女声",
        "女性",
    ]) {
        wish.gender = Some(Gender::Female);
    } else if request.has(&[
        "man",
        "male",
        "man's",
        "hombre",
        "masculina",
        "homme",
        "mann",
        "männlich",
        "männliche",
        "男声",
        "男性",
    ]) {
        wish.gender = Some(Gender::Male);
    }
    if request.says("older") || request.has(&["old", "vieja", "vieille", "alte"]) {
        wish.age = Some(Age::Old);
    } else if request.says("younger") || request.has(&["young", "child", "child's", "joven", "jeune", "junge"]) {
        wish.age = Some(if request.has(&["child", "child's"]) { Age::Child } else { Age::Young });
    }
    if request.does(&["slow_down"]) || request.has(&["slower", "slowly"]) {
        wish.pace = Some(85);
    } else if request.does(&["speed_up"]) || request.has(&["faster", "quicker"]) {
        wish.pace = Some(115);
    }
    if wish == VoiceWish::default()
        && request.has(&["different", "another", "other", "otra", "autre", "andere", "换", "別の"])
    {
        wish.other = 1;
    }
    (wish != VoiceWish::default()).then_some(wish)
}
