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
            "para", "vídeo", "del", "crea", "en", "es", "hola", "gracias",
        ],
    ),
    (
        Language::Fr,
        &[
            "le", "la", "les", "un", "une", "des", "du", "de", "et", "sur", "avec", "qui", "fais", "je", "pour",
            "vidéo", "dans", "moi", "crée", "est", "bonjour", "salut", "merci",
        ],
    ),
    (
        Language::De,
        &[
            "der", "die", "das", "ein", "eine", "einen", "einem", "einer", "und", "über", "mit", "mach", "ich", "für",
            "von", "bitte", "dem", "den", "erstelle", "ist", "im", "hallo", "danke",
        ],
    ),
];

/// The language that a text is written in; English when nothing tells.
pub fn language_of(text: &str) -> Language {
    if text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}')) {
        return Language::Ja;
    }
    if text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')) {
        return Language::Zh;
    }
    let words = words(text);
    let mut best = (0, Language::En);
    for (language, telltales) in TELLTALES {
        let count = words.iter().filter(|w| telltales.contains(&w.as_str())).count();
        if count > best.0 {
            best = (count, language);
        }
    }
    best.1
}

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
}
