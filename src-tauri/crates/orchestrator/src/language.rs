//! The language of a message, by its script and its commonest words.

use story::{Language, words};

/// Function words that tell languages in Latin script apart.
const TELLTALES: [(Language, &[&str]); 4] = [
    (
        Language::En,
        &[
            "the", "a", "an", "of", "and", "about", "who", "with", "make", "to", "is", "it", "in", "for", "my",
            "please", "video", "film",
        ],
    ),
    (
        Language::Es,
        &[
            "el", "la", "los", "las", "un", "una", "de", "que", "y", "sobre", "con", "hazme", "haz", "quiero", "por",
            "para", "vídeo", "del", "crea", "en", "es", "hola", "gracias", "más", "sin", "pero", "sí", "hazlo",
            "hazla", "añade", "quita", "pon",
        ],
    ),
    (
        Language::Fr,
        &[
            "le", "la", "les", "un", "une", "des", "du", "de", "et", "sur", "avec", "qui", "fais", "je", "pour",
            "vidéo", "dans", "moi", "crée", "est", "bonjour", "salut", "merci", "en", "plus", "sans", "mais", "oui",
            "non", "ajoute", "enlève", "mets",
        ],
    ),
    (
        Language::De,
        &[
            "der", "die", "das", "ein", "eine", "einen", "einem", "einer", "und", "über", "mit", "mach", "ich", "für",
            "von", "bitte", "dem", "den", "erstelle", "ist", "im", "hallo", "danke", "es", "in", "nicht", "aber", "ja",
            "nein", "ohne", "mehr", "mache", "füge", "los",
        ],
    ),
];

/// The language that a text is written in; English when nothing tells.
pub fn language_of(text: &str) -> Language {
    language_after(text, Language::En)
}

/// The language of a message in a conversation: where it could be of several, of the one that was spoken before.
pub(crate) fn language_after(text: &str, before: Language) -> Language {
    if text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}')) {
        return Language::Ja;
    }
    if text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')) {
        // Short Japanese may be written without kana.
        return if before == Language::Ja && text.chars().count() <= 4 { before } else { Language::Zh };
    }
    let words = words(text);
    let count = |telltales: &[&str]| words.iter().filter(|w| telltales.contains(&w.as_str())).count();
    let counts = TELLTALES.map(|(language, telltales)| (language, count(telltales)));
    let best = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let of = |wanted: Language| counts.iter().any(|(language, count)| *language == wanted && *count == best);
    let few = words.len() <= SHORT;
    match before {
        Language::Zh | Language::Ja if best == 0 && few => before,
        _ if of(before) && (best > 0 || few) => before,
        _ if best == 0 => Language::En,
        _ => counts.iter().find(|(_, count)| *count == best).map_or(Language::En, |(language, _)| *language),
    }
}

/// So few words without a telltale are of the language before.
const SHORT: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_its_language() {
        let check = |text: &str, want| assert_eq!(language_of(text), want, "{text}");
        check("Make a film about a whale", Language::En);
        check("Hazme un corto sobre una abuela que aprende a surfear", Language::Es);
        check("Fais une vidéo sur un vieux phare", Language::Fr);
        check("Mach einen Film über einen alten Leuchtturm", Language::De);
        check("一只怕黑的刺猬", Language::Zh);
        check("暗闇が怖いハリネズミ", Language::Ja);
        check("🐋", Language::En);
        check("Hola", Language::Es);
        check("", Language::En);
    }

    #[test]
    fn a_word_that_could_be_of_several_languages_is_of_the_one_before() {
        let check = |text: &str, before| assert_eq!(language_after(text, before), before, "{text}");
        check("mach es dunkler", Language::De);
        check("ja, aber nicht in der ersten Szene", Language::De);
        check("en aquarelle", Language::Fr);
        check("plus sombre", Language::Fr);
        check("ok", Language::Ja);
        check("vale", Language::Es);
        assert_eq!(language_after("Make a film about a whale", Language::De), Language::En);
        assert_eq!(language_after("mach es dunkler", Language::En), Language::De);
    }
}
