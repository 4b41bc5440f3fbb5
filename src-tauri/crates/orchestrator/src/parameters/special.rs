//! Demands that fit no other field: sound, captions, audience, platform, things to leave out.

use std::sync::LazyLock;

use regex::Regex;

static DEMAND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b(?: narration | narrator | voice[ -]?over | voiceover | no\s+(?:dialogue|voice|voices|music|sound|text|people|subtitles|captions|narration|words)
        | without\s+(?:dialogue|voice|music|sound|text|people|subtitles|captions|narration|words) | silent | subtitles? | captions? | logo | end\s?card | slow[ -]?motion
        | one\s+(?:continuous\s+)?(?:shot|take) | seamless\s+loop | loop(?:ing|s|ed)? | background\s+music | piano\s+music | soundtrack | music\s+only | only\s+(?:music|natural)
        | for\s+(?:kids|children|toddlers|beginners|investors|students|adults|my\s+\w+) | (?:for|on)\s+(?:youtube|tiktok|instagram|reels|linkedin|facebook|twitter)
        | 4k | 1080p | 720p | 60\s?fps | sin\s+di[aá]logos? | sans\s+dialogues? | ohne\s+(?:dialog|musik|sprecher)\w* ) \b | 无对白 | 字幕 | 配乐 | 旁白",
    )
    .ok()
});
static LANGUAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:in|auf|en|narrated in|narration in|spoken in|voice in|voiceover in|speaks?|speaking)\s+(english|chinese|mandarin|spanish|french|german|japanese|inglés|español|francés|alemán|anglais|français|espagnol|allemand|englisch|deutsch|spanisch|französisch)\b|(英语|英文|中文|普通话|日语|日本語|西班牙语|法语|德语)").ok()
});
static NO_VOICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:no|without(?: any)?|sans|sin|ohne)\s+(?:voice(?:[ -]?over)?|voices|narration|narrator|speech|words|spoken|voz|voix|stimme|sprecher\w*|narrador)\b|\b(?:silent|music only|only music)\b|无旁白|不要旁白").ok()
});
static NO_CAPTIONS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:no|without(?: any)?|sans|sin|ohne)\s+(?:captions?|subtitles?|text on screen|subtítulos|sous-titres|untertitel)\b|无字幕|不要字幕").ok()
});

/// The clauses that make a demand, in the person's words.
pub(super) fn special(clauses: &[String], text: &str) -> Vec<String> {
    let Some(re) = DEMAND.as_ref() else { return Vec::new() };
    let mut demands: Vec<String> = clauses
        .iter()
        .filter(|c| re.is_match(c) && c.split_whitespace().count() <= 6)
        .map(|c| c.to_lowercase())
        .collect();
    for found in re.find_iter(text) {
        let found = found.as_str().to_lowercase();
        if !demands.iter().any(|d| d.contains(&found)) {
            demands.push(found);
        }
    }
    demands
}

/// True for a clause that makes a demand.
pub(super) fn is_demand(clause: &str) -> bool {
    DEMAND.as_ref().is_some_and(|re| re.is_match(clause))
}

/// The language that shall be spoken, as its two-letter code.
pub(super) fn spoken_language(text: &str) -> Option<String> {
    let found = LANGUAGE.as_ref()?.captures(text)?;
    let name = found.get(1).or_else(|| found.get(2))?.as_str().to_lowercase();
    let code = match name.as_str() {
        "english" | "inglés" | "anglais" | "englisch" | "英语" | "英文" => "en",
        "chinese" | "mandarin" | "中文" | "普通话" => "zh",
        "spanish" | "español" | "espagnol" | "spanisch" | "西班牙语" => "es",
        "french" | "francés" | "français" | "französisch" | "法语" => "fr",
        "german" | "alemán" | "allemand" | "deutsch" | "德语" => "de",
        _ => "ja",
    };
    Some(code.to_owned())
}

/// True when nobody shall speak.
pub(crate) fn wants_no_voice(text: &str) -> bool {
    NO_VOICE.as_ref().is_some_and(|re| re.is_match(text))
}

/// True when no captions shall be burned in.
pub(crate) fn wants_no_captions(text: &str) -> bool {
    NO_CAPTIONS.as_ref().is_some_and(|re| re.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demands_are_kept_in_the_persons_words() {
        let clauses = super::super::clauses::split("A fox, no dialogue, 4K, for kids");
        assert_eq!(special(&clauses, "A fox, no dialogue, 4K, for kids"), ["no dialogue", "4k", "for kids"]);
        assert_eq!(spoken_language("narrated in Spanish").as_deref(), Some("es"));
        assert_eq!(spoken_language("a walk in Spain"), None);
        assert!(wants_no_voice("No voice, just music"));
        assert!(!wants_no_voice("Narration only. No dialogue"));
        assert!(wants_no_captions("without subtitles"));
    }
}
