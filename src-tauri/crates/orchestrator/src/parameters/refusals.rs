//! What nobody wants to hear or to read: a voice, captions.

use std::sync::LazyLock;

use regex::Regex;

static NO_VOICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:no|without(?: any)?|sans|sin|ohne|pas de)\s+(?:voice(?:[ -]?over)?|voices|narration|narrator|speech|words|spoken|talking|voz|voix|stimme|sprecher\w*|narrador)\b|\b(?:silent|music only|only music)\b|无旁白|不要旁白|ナレーションなし").ok()
});
static NO_CAPTIONS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:no|without(?: any)?|sans|sin|ohne|skip(?: the)?|pas de)\s+(?:captions?|subtitles?|text on screen|subtítulos|sous-titres|untertitel)\b|无字幕|不要字幕|字幕なし").ok()
});
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
    fn voices_and_captions_are_refused_in_words() {
        assert!(wants_no_voice("No voice, just music"));
        assert!(!wants_no_voice("Narration only. No dialogue"));
        assert!(wants_no_captions("without subtitles"));
    }
}
