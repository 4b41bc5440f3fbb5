//! The pages of the guide, a file for each language: topics by the words that name them, and what is said.

use std::sync::LazyLock;

use story::Language;

use super::super::words;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// How the app or film-making goes.
    Topic(&'static str),
    /// A word of film.
    Word(&'static str),
}

struct Entry {
    name: &'static str,
    words: Vec<&'static str>,
    text: String,
}

static PAGES: LazyLock<Vec<(Language, Vec<Entry>)>> = LazyLock::new(|| {
    let files = [
        (Language::En, include_str!("en.txt")),
        (Language::Zh, include_str!("zh.txt")),
        (Language::Es, include_str!("es.txt")),
        (Language::Fr, include_str!("fr.txt")),
        (Language::De, include_str!("de.txt")),
        (Language::Ja, include_str!("ja.txt")),
    ];
    files.map(|(language, file)| (language, entries(file))).into()
});

/// Reads a file: "[name] words", and the lines until the next one; what stands behind a state's name is its text.
fn entries(file: &'static str) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((name, rest)) if name.starts_with('.') => {
                all.push(Entry { name, words: Vec::new(), text: rest.trim().to_owned() });
            }
            Some((name, rest)) => {
                let words = rest.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
                all.push(Entry { name, words, text: String::new() });
            }
            None => {
                if let Some(last) = all.last_mut() {
                    last.text.push_str(if last.text.is_empty() { "" } else { "\n" });
                    last.text.push_str(line);
                }
            }
        }
    }
    all
}

/// The page that a question is about; the first topic that is named counts.
pub(super) fn page(text: &str) -> Page {
    let plain = text.to_lowercase().replace(['’', '\'', '-'], " ");
    let spaced = words::spaced(&plain);
    let names = |entry: &&Entry| entry.words.iter().any(|word| names(&plain, &spaced, word));
    let all = || PAGES.iter().flat_map(|(_, entries)| entries);
    if all().filter(|entry| entry.name == "?").any(|entry| names(&entry)) {
        let found = all().filter(|entry| entry.name.starts_with('=')).filter(names);
        // The longest word says most: "establishing shot" before "shot".
        let longest = |entry: &&Entry| {
            let said = entry.words.iter().filter(|word| self::names(&plain, &spaced, word));
            said.map(|word| word.chars().count()).max()
        };
        if let Some(entry) = found.max_by_key(longest) {
            return Page::Word(entry.name);
        }
    }
    let topics = PAGES.first().map(|(_, entries)| entries.as_slice()).unwrap_or_default();
    let named = topics
        .iter()
        .filter(|topic| !topic.name.starts_with(['=', '.', '?']))
        .find(|topic| all().filter(|entry| entry.name == topic.name).any(|entry| names(&entry)));
    Page::Topic(named.map_or("unknown", |topic| topic.name))
}

fn names(plain: &str, spaced: &str, word: &str) -> bool {
    let word = word.replace(['’', '\'', '-'], " ");
    words::has(plain, spaced, &[word.as_str()])
}

/// What a page says; in English where a language has no such page.
pub(super) fn text_of(language: Language, name: &str) -> &'static str {
    let of = |wanted: Language| {
        let entries = PAGES.iter().find(|(language, _)| *language == wanted).map(|(_, entries)| entries)?;
        entries.iter().find(|entry| entry.name == name).map(|entry| entry.text.as_str())
    };
    of(language).or_else(|| of(Language::En)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(language: Language) -> Vec<&'static str> {
        let entries = PAGES.iter().find(|(of, _)| *of == language).map(|(_, entries)| entries).expect("it has a file");
        entries.iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn every_language_has_the_main_topics_and_every_page_has_words() {
        let extras = ["novel", "pace", "composition"];
        for language in Language::ALL {
            let names = names_in(language);
            for name in names_in(Language::En) {
                let main = !extras.contains(&name) && !name.starts_with('=');
                assert!(!main || names.contains(&name), "{language:?} has no {name:?}");
            }
            assert!(names.iter().filter(|name| name.starts_with('=')).count() >= 7, "{language:?}");
            for name in &names {
                let text = text_of(language, name);
                let told = ["cost", "files", "export", "?"].contains(name);
                assert_eq!(text.is_empty(), told, "{language:?} {name:?}");
                let filled = ["{here}", "{model}", "{styles}", "{shapes}", "{least}", "{most}"];
                let bare = filled.iter().fold(text.to_owned(), |text, place| text.replace(place, ""));
                assert!(!bare.contains(['{', '}']), "{language:?} {name:?}: nobody fills {bare:?}");
            }
        }
    }

    #[test]
    fn a_question_finds_its_page() {
        let check = |text: &str, want: Page| assert_eq!(page(text), want, "{text}");
        check("What can you do?", Page::Topic("can"));
        check("How do I undo something?", Page::Topic("undo"));
        check("what is a storyboard?", Page::Word("=storyboard"));
        check("what's an establishing shot", Page::Word("=establishing shot"));
        check("What is the price?", Page::Topic("cost"));
        check("how do I write a good story?", Page::Topic("storytelling"));
        check("who won the game yesterday?", Page::Topic("unknown"));
        check("Was kannst du?", Page::Topic("can"));
        check("Wie lang darf ein Film sein?", Page::Topic("length"));
        check("¿Qué es un primer plano?", Page::Word("=close-up"));
        check("Qu'est-ce qu'un gros plan ?", Page::Word("=close-up"));
        check("¿Necesito internet?", Page::Topic("network"));
        check("什么是分镜？", Page::Word("=storyboard"));
        check("影片可以多长？", Page::Topic("length"));
        check("絵コンテとは何ですか", Page::Word("=storyboard"));
        check("何ができますか？", Page::Topic("can"));
    }
}
