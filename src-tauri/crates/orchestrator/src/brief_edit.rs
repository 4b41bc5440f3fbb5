//! Briefs: from what was understood, from the form, and changed field by field.

use serde::{Deserialize, Serialize};
use story::{Aspect, Brief, Language, MAX_DURATION_S, MIN_DURATION_S, Mood, Said, Seed, Sound, clean_text};

use crate::parameters::{style_of, wants_no_captions, wants_no_voice};
use crate::{Defaults, Parameters, language_of};

/// The longest theme that is kept, in characters.
const THEME_LIMIT: usize = 4000;

/// The Idea2Video form; empty texts and 0 leave the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormInput {
    /// What the film is about.
    pub idea: String,
    /// A style word.
    pub style: String,
    /// Seconds.
    pub seconds: u32,
    /// An aspect ratio.
    pub ratio: String,
    /// A mood word.
    pub mood: String,
    /// True for narration.
    pub voice: bool,
}

/// A change to one field of a brief, as text from a chip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BriefChange {
    /// What the film is about.
    Theme(String),
    /// A style word, or the person's own words for one.
    Style(String),
    /// A mood word, or the person's own words for one.
    Mood(String),
    /// Seconds, or a length in words.
    Length(String),
    /// An aspect ratio.
    Ratio(String),
    /// Who acts, parted by commas.
    Cast(String),
    /// A two-letter language.
    Language(String),
    /// "narration" or "no_voice".
    Sound(String),
    /// "on" or "off".
    Captions(String),
    /// Further wishes, parted by semicolons.
    Special(String),
}

impl BriefChange {
    /// The field and the new value, in words.
    pub fn named(&self) -> (&'static str, &str) {
        match self {
            Self::Theme(v) => ("subject", v),
            Self::Style(v) => ("style", v),
            Self::Mood(v) => ("mood", v),
            Self::Length(v) => ("length", v),
            Self::Ratio(v) => ("shape", v),
            Self::Cast(v) => ("cast", v),
            Self::Language(v) => ("language", v),
            Self::Sound(v) => ("sound", v),
            Self::Captions(v) => ("captions", v),
            Self::Special(v) => ("wishes", v),
        }
    }
}

/// The default brief of a project, without a theme.
fn blank(defaults: &Defaults, language: Language) -> Brief {
    Brief {
        duration_s: Said::assumed(defaults.seconds.clamp(MIN_DURATION_S, MAX_DURATION_S)),
        aspect: Said::assumed(defaults.aspect),
        language: Said::assumed(defaults.language.unwrap_or(language)),
        captions: Said::assumed(defaults.captions),
        ..Brief::about("")
    }
}

/// The brief of a message that asks for a film; `None` when nothing says what it is about.
pub fn brief_from(parameters: &Parameters, message: &str, defaults: &Defaults) -> Option<Brief> {
    let theme = clean_text(parameters.theme.as_deref()?, THEME_LIMIT);
    if theme.is_empty() {
        return None;
    }
    let mut brief = blank(defaults, language_of(message));
    brief.theme = theme;
    brief.message = clean_text(message, 20_000);
    // What was said besides counts where it tells of the same.
    let told = clean_text(&parameters.told, THEME_LIMIT);
    let words = story::words(&told);
    if told != brief.theme && story::words(&brief.theme).iter().all(|word| words.contains(word)) {
        brief.told = told;
    }
    if let Some(words) = &parameters.style {
        brief.style = style_of(words).map(Said::said);
        brief.style_words = clean_text(words, 200);
    }
    if let Some(words) = &parameters.mood {
        brief.mood_words = clean_text(words, 200);
        brief.mood = Said::said(Mood::from_words(words).unwrap_or_default());
    }
    brief.scenes = parameters.scenes.iter().map(|s| clean_text(s, 400)).collect();
    brief.scene_count = parameters.scene_count;
    if let Some(seconds) = parameters.duration {
        brief.duration_s = Said::said(seconds.clamp(MIN_DURATION_S, MAX_DURATION_S));
    }
    if let Some(aspect) = parameters.aspect_ratio.as_deref().and_then(|a| a.parse().ok()) {
        brief.aspect = Said::said(aspect);
    }
    if let Some(language) = parameters.language.as_deref().and_then(Language::from_code) {
        brief.language = Said::said(language);
    }
    if wants_no_voice(message) {
        brief.sound = Said::said(Sound::NoVoice);
    } else if parameters.special_requirements.iter().any(|s| s.contains("narrat") || s.contains("voice")) {
        brief.sound = Said::said(Sound::Narration);
    }
    if wants_no_captions(message) {
        brief.captions = Said::said(false);
    }
    brief.special = parameters.special_requirements.iter().map(|s| clean_text(s, 200)).collect();
    Some(brief)
}

/// The brief of the filled form; `None` when the idea is empty. The idea is read like a message, so that a length or
/// a style said in it counts where the form leaves it open.
pub fn form_brief(form: &FormInput, defaults: &Defaults) -> Option<Brief> {
    let mut parameters = crate::extract(&form.idea, language_of(&form.idea));
    parameters.theme = parameters.theme.or_else(|| (!form.idea.trim().is_empty()).then(|| form.idea.clone()));
    let mut brief = brief_from(&parameters, &form.idea, defaults)?;
    let mut set = |change: BriefChange, given: bool| {
        if given && let Some(changed) = change_brief(&brief, &change) {
            brief = changed;
        }
    };
    set(BriefChange::Style(form.style.clone()), !form.style.is_empty());
    set(BriefChange::Length(form.seconds.to_string()), form.seconds > 0);
    set(BriefChange::Ratio(form.ratio.clone()), !form.ratio.is_empty());
    set(BriefChange::Mood(form.mood.clone()), !form.mood.is_empty());
    set(BriefChange::Sound(if form.voice { "narration" } else { "no_voice" }.to_owned()), true);
    Some(brief)
}

/// The brief with one field changed; `None` when the value does not fit the field.
pub fn change_brief(brief: &Brief, change: &BriefChange) -> Option<Brief> {
    let mut new = brief.clone();
    match change {
        BriefChange::Theme(text) => {
            new.theme = clean_text(text, THEME_LIMIT);
            // What is added to the subject is added to all that was told; another subject is another story.
            match new.theme.strip_prefix(&brief.theme).filter(|_| !new.told.is_empty()) {
                Some(added) => new.told.push_str(added),
                None => new.told.clear(),
            }
            new.message.clone_from(&new.theme);
            new.characters.clear();
            new.scenes.clear();
        }
        BriefChange::Style(text) => {
            new.style_words = clean_text(text, 200).replace('_', " ");
            new.style = style_of(text).map(Said::said);
            if new.style.is_none() && new.style_words.is_empty() {
                return None;
            }
        }
        BriefChange::Mood(text) => {
            new.mood_words = clean_text(text, 200);
            new.mood = Said::said(Mood::from_words(text)?);
        }
        BriefChange::Length(text) => {
            let seconds = text.trim().parse().ok().or_else(|| crate::parameters::duration(text))?;
            if !(MIN_DURATION_S..=MAX_DURATION_S).contains(&seconds) {
                return None;
            }
            new.duration_s = Said::said(seconds);
        }
        BriefChange::Ratio(text) => new.aspect = Said::said(text.parse::<Aspect>().ok()?),
        BriefChange::Cast(text) => {
            new.characters = text.split(',').map(|c| clean_text(c, 120)).filter(|c| !c.is_empty()).collect();
        }
        BriefChange::Language(text) => new.language = Said::said(Language::from_code(text)?),
        BriefChange::Sound(text) => {
            new.sound = Said::said(match text.as_str() {
                "narration" => Sound::Narration,
                "no_voice" => Sound::NoVoice,
                _ => return None,
            });
        }
        BriefChange::Captions(text) => {
            new.captions = Said::said(match text.as_str() {
                "on" => true,
                "off" => false,
                _ => return None,
            });
        }
        BriefChange::Special(text) => {
            new.special = text.split(';').map(|s| clean_text(s, 200)).filter(|s| !s.is_empty()).collect();
        }
    }
    new.check().ok()?;
    Some(new)
}

/// The same wishes with another chance: "another version".
pub fn next_version(brief: &Brief, version: u32) -> Brief {
    Brief { seed: Seed::new(version), ..brief.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::Style;

    fn brief(message: &str) -> Brief {
        brief_from(&crate::extract(message, language_of(message)), message, &Defaults::default()).expect("a subject")
    }

    #[test]
    fn what_was_said_is_said_and_the_rest_is_assumed() {
        let b = brief(
            "Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale. Gentle, a little melancholy. Narration only.",
        );
        assert_eq!((b.duration_s.clone(), b.mood.value), (Said::said(30), Mood::Melancholy));
        assert_eq!(b.style, Some(Said::said(Style::Watercolor)));
        assert!(!b.aspect.is_said() && !b.language.is_said() && b.sound.is_said());
        assert_eq!(b.sound.value, Sound::Narration);
    }

    #[test]
    fn a_chip_changes_one_field_or_nothing() {
        let b = brief("a fox in the snow");
        let check =
            |change: BriefChange, good: bool| assert_eq!(change_brief(&b, &change).is_some(), good, "{change:?}");
        check(BriefChange::Length("60".into()), true);
        check(BriefChange::Length("two minutes".into()), true);
        check(BriefChange::Length("2".into()), false);
        check(BriefChange::Ratio("9:16".into()), true);
        check(BriefChange::Ratio("9:17".into()), false);
        check(BriefChange::Theme("  ".into()), false);
        check(BriefChange::Language("xx".into()), false);
        check(BriefChange::Mood("funny".into()), true);
        check(BriefChange::Captions("off".into()), true);
        let form = FormInput {
            idea: "a fox".into(),
            style: "paper_cut".into(),
            seconds: 60,
            voice: false,
            ..FormInput::default()
        };
        let f = form_brief(&form, &Defaults::default()).expect("a subject");
        assert_eq!(
            (f.style.map(|s| s.value), f.duration_s.value, f.sound.value),
            (Some(Style::PaperCut), 60, Sound::NoVoice)
        );
        assert_eq!(form_brief(&FormInput::default(), &Defaults::default()), None);
    }
}
