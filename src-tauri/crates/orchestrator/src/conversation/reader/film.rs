//! Requests about the whole film: its style, length, shape, feeling, language, captions, voice, music, title.

use engine::Slot;
use story::{Light, LookChange, MAX_DURATION_S, MIN_DURATION_S, Mood, ScoreChange, ScriptChange};

use super::{Reader, Request, feeling};
use crate::parameters::{aspect, duration};
use crate::{BriefChange, Change, extract};

const OFF: &[&str] = &["remove", "mute"];
const ON: &[&str] = &["add"];

impl Reader<'_> {
    /// Reads a request about the film as a whole.
    pub(super) fn film(&mut self, request: &Request<'_>) -> bool {
        let negative = request.does(OFF) || request.says("negative");
        match request.target.as_str() {
            "subtitles" => return self.switch(request, negative, BriefChange::Captions, ["off", "on"]),
            "voice_over" | "voice" if negative || request.does(ON) || request.has(&["on", "back", "want"]) => {
                return self.switch(request, negative, BriefChange::Sound, ["no_voice", "narration"]);
            }
            "music" => return self.music(request, negative),
            "title" => return self.title(request),
            "ending" if negative => {
                return self.documents.is_some()
                    && self.film_change(story::Change::Script(ScriptChange::Ending(String::new())));
            }
            "dialogue" | "sound"
                if negative && request.has(&["voice", "speech", "talking", "narration", "dialogue"]) =>
            {
                return self.switch(request, true, BriefChange::Sound, ["no_voice", "narration"]);
            }
            _ => {}
        }
        if crate::parameters::wants_no_captions(request.text) {
            return self.brief(BriefChange::Captions("off".into()));
        }
        if crate::parameters::wants_no_voice(request.text) {
            return self.brief(BriefChange::Sound("no_voice".into()));
        }
        if self.whole(request) {
            return true;
        }
        let said = [self.shape(request), self.spoken(request), self.length(request), self.style(request)];
        said.contains(&true) || self.mood(request) || self.light(request) || self.subject(request)
    }

    fn brief(&mut self, change: BriefChange) -> bool {
        self.change(Change::Brief(change))
    }

    fn switch(&mut self, request: &Request<'_>, off: bool, field: fn(String) -> BriefChange, words: [&str; 2]) -> bool {
        if off || request.does(ON) || request.has(&["on", "show", "turn on", "back", "want", "need"]) {
            return self.brief(field(words[usize::from(!off)].to_owned()));
        }
        false
    }

    fn music(&mut self, request: &Request<'_>, negative: bool) -> bool {
        let feeling = feeling(request.text);
        if self.documents.is_none() {
            let wish = if negative { "no music".to_owned() } else { request.text.to_owned() };
            return self.wish(wish);
        }
        let change = if negative {
            ScoreChange::Off(true)
        } else if let Some(mood) = feeling {
            ScoreChange::Mood(Some(mood))
        } else if request.does(&["regenerate", "replace"]) || request.has(&["other", "different", "another", "new"]) {
            return Slot::new("music").is_ok_and(|slot| self.change(Change::Retake(slot)));
        } else if request.does(ON) || request.has(&["on", "back"]) {
            ScoreChange::Off(false)
        } else {
            return false;
        };
        self.film_change(story::Change::Score(change))
    }

    /// A wish in words, kept in the brief.
    fn wish(&mut self, wish: String) -> bool {
        let mut all = self.brief_now().special;
        all.push(wish);
        self.brief(BriefChange::Special(all.join("; ")))
    }

    fn title(&mut self, request: &Request<'_>) -> bool {
        let Some(value) = request.value() else { return false };
        if self.documents.is_none() {
            return self.not_written();
        }
        self.film_change(story::Change::Script(ScriptChange::Title(story::clean_text(&value, 80))))
    }

    /// "Do it all again", "another version".
    fn whole(&mut self, request: &Request<'_>) -> bool {
        let version = [
            "another version",
            "new version",
            "different version",
            "otra versión",
            "autre version",
            "andere version",
            "换一个版本",
            "別バージョン",
        ];
        if request.has(&version) || (request.is_about(&["video"]) && request.does(&["regenerate"])) {
            self.read.another_version = true;
            return true;
        }
        false
    }

    fn shape(&mut self, request: &Request<'_>) -> bool {
        if !request.is_about(&["aspect_ratio", "video"]) && aspect(request.text).is_none() {
            return false;
        }
        aspect(request.text).is_some_and(|ratio| self.brief(BriefChange::Ratio(ratio.to_owned())))
    }

    fn spoken(&mut self, request: &Request<'_>) -> bool {
        if !request.is_about(&["language", "voice_over", "voice", "subtitles", "video", "dialogue"])
            && !request.does(&["translate"])
        {
            return false;
        }
        let said = extract(request.text, crate::language_of(request.text)).language;
        let named = said.or_else(|| language_named(request));
        named.is_some_and(|code| self.brief(BriefChange::Language(code)))
    }

    fn length(&mut self, request: &Request<'_>) -> bool {
        let now = self.brief_now().duration_s.value;
        let exact = duration(request.text);
        let by =
            request.does(&["shorten", "lengthen"]) && request.has(&["by", "more", "another", "off", "um", "de", "más"]);
        let seconds = match exact {
            Some(by_seconds) if by && request.does(&["lengthen"]) => now.saturating_add(by_seconds),
            Some(by_seconds) if by && request.has(&["by", "off"]) => now.saturating_sub(by_seconds),
            Some(seconds) => seconds,
            None if !request.is_about(&["duration", "video", "script", "pacing", ""]) => return false,
            None if request.does(&["shorten"]) => now * 2 / 3,
            None if request.does(&["lengthen"]) => now * 3 / 2,
            None => return false,
        };
        self.brief(BriefChange::Length(seconds.clamp(MIN_DURATION_S, MAX_DURATION_S).to_string()))
    }

    fn style(&mut self, request: &Request<'_>) -> bool {
        if request.is_about(&["camera", "costume", "character", "object", "text", "logo"]) {
            return false;
        }
        let said = extract(request.text, crate::language_of(request.text)).style;
        let bare = || request.is_about(&["style"]).then(|| request.value()).flatten();
        let Some(words) = said.or_else(bare) else { return false };
        if Mood::from_words(&words).is_some() && crate::parameters::style_of(&words).is_none() {
            return false;
        }
        self.brief(BriefChange::Style(words))
    }

    fn mood(&mut self, request: &Request<'_>) -> bool {
        let said = extract(request.text, crate::language_of(request.text)).mood;
        let words = said.filter(|words| Mood::from_words(words).is_some());
        // The words themselves say more than the mood they are taken for, while they are few.
        let words = words.map(|words| match feeling(&words) {
            Some(mood) if story::words(&words).len() > 3 => mood.as_str().to_owned(),
            _ => words,
        });
        let own = || feeling(request.text).map(|mood| mood.as_str().to_owned());
        let asked = request.is_about(&["mood", "video", "style", "script", "scene", ""]);
        match words.or_else(own).filter(|_| asked) {
            Some(words) => self.brief(BriefChange::Mood(words)),
            None => false,
        }
    }

    /// The light of the whole film, where it is no time of day.
    fn light(&mut self, request: &Request<'_>) -> bool {
        if self.documents.is_none() || !request.is_about(&["lighting", "color", "style", "video"]) {
            return false;
        }
        let light = if request.has(&[
            "warmer",
            "warm",
            "golden",
            "cálido",
            "cálida",
            "chaud",
            "wärmer",
            "warmes",
            "温暖",
            "暖",
            "暖かく",
        ]) {
            Light::Golden
        } else if request.has(&[
            "muted",
            "pale",
            "less colourful",
            "less colorful",
            "cooler",
            "cold",
            "overcast",
            "apagado",
            "terne",
            "kühler",
            "冷",
            "涼しく",
        ]) {
            Light::Muted
        } else if request.has(&["contrast", "dramatic", "shadows", "contraste", "kontrast", "对比", "コントラスト"])
        {
            Light::Contrast
        } else if request.has(&["glowing", "neon", "coloured", "colored", "brillante", "leuchtend", "发光", "光る"])
        {
            Light::Glowing
        } else if request.has(&["soft", "softer", "even", "suave", "doux", "weich", "weicher", "柔和", "柔らかく"])
        {
            Light::Soft
        } else {
            return false;
        };
        self.film_change(story::Change::Look(LookChange::Light(light)))
    }

    /// "Make it about a dog instead."
    fn subject(&mut self, request: &Request<'_>) -> bool {
        let about = ["about ", "sobre ", "au sujet de ", "über ", "关于", "について"];
        let found = about.iter().find_map(|word| request.text.split_once(word).map(|(_, rest)| rest));
        let Some(rest) = found.filter(|_| self.documents.is_none() || request.is_about(&["video", "script"])) else {
            return false;
        };
        let rest = rest.trim_end_matches(" instead").trim_matches(|c: char| c.is_whitespace() || ".!".contains(c));
        !rest.is_empty() && self.brief(BriefChange::Theme(rest.to_owned()))
    }
}

/// A language that is named as one.
fn language_named(request: &Request<'_>) -> Option<String> {
    let names: [(&str, &[&str]); 6] = [
        ("en", &["english", "inglés", "anglais", "englisch", "auf englisch", "英语", "英文", "英語"]),
        ("zh", &["chinese", "mandarin", "chino", "chinois", "chinesisch", "中文", "汉语", "中国語"]),
        ("es", &["spanish", "español", "espagnol", "spanisch", "西班牙语", "スペイン語"]),
        ("fr", &["french", "francés", "français", "französisch", "法语", "フランス語"]),
        ("de", &["german", "alemán", "allemand", "deutsch", "德语", "ドイツ語"]),
        ("ja", &["japanese", "japonés", "japonais", "japanisch", "日语", "日文", "日本語"]),
    ];
    names.iter().find(|(_, words)| request.has(words)).map(|(code, _)| (*code).to_owned())
}
