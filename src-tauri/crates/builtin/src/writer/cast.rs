//! The character extractor: who is in a script, aliases merged, and what never changes about them.
//!
//! Reads the script and the brief's words; nobody is cast who is not seen in a scene.

use story::{Age, Brief, Cast, Character, Features, Gender, Minter, Nature, Script, Seed, clean_text, sentence_case};

use super::being::{Being, gender_said, is_lead};
use super::lexicon::{self, Noun};

struct Found {
    names: Vec<String>,
    noun: Option<&'static Noun>,
    bare: String,
    describing: Vec<String>,
    seen: usize,
    first: usize,
}

/// Extracts the cast of a script, the most important first.
pub fn extract_cast(script: &Script, brief: &Brief) -> Cast {
    let mut found: Vec<Found> = Vec::new();
    for scene in &script.scenes {
        for who in &scene.who {
            let who = clean_text(who, 80);
            if !who.chars().any(char::is_alphanumeric) {
                continue;
            }
            let (noun, bare, describing) = read(&who);
            let same = found.iter().position(|f| same(f, noun, &bare, &describing));
            if let Some(at) = same {
                let entry = &mut found[at];
                entry.seen += 1;
                if !entry.names.iter().any(|n| n.eq_ignore_ascii_case(&who)) {
                    entry.names.push(who);
                }
                for word in describing {
                    if !entry.describing.contains(&word) {
                        entry.describing.push(word);
                    }
                }
            } else {
                let first = found.len();
                found.push(Found { names: vec![who], noun, bare, describing, seen: 1, first });
            }
        }
    }
    found.sort_by(|a, b| b.seen.cmp(&a.seen).then(a.first.cmp(&b.first)));
    let theme = super::theme::read(brief);
    let mut minter = Minter::new(brief.seed.fork("cast"));
    let described = if brief.language.value == story::Language::En { described(brief, &theme) } else { Vec::new() };
    let members = found.iter().take(12).map(|f| member(f, brief, &described, &mut minter)).collect();
    Cast { members }
}

// The beings of theme and brief with their describing words, which scenes do not repeat.
fn described(brief: &Brief, theme: &super::theme::Theme) -> Vec<Being> {
    let mut all: Vec<Being> = theme.hero.iter().chain(&theme.other).cloned().collect();
    all.extend(theme.following.sequels.iter().filter_map(|sequel| sequel.who.as_ref()?.being.clone()));
    all.extend(brief.characters.iter().filter_map(|c| super::theme::being_of(c, brief.seed.fork("theme"))));
    all
}

fn read(who: &str) -> (Option<&'static Noun>, String, Vec<String>) {
    if who.chars().any(lexicon::is_unspaced) {
        let inside = lexicon::nouns_inside(who);
        let noun = inside.last().map(|(_, _, n)| *n);
        let bare = inside.last().map_or_else(|| who.to_owned(), |(_, w, _)| (*w).to_owned());
        return (noun, bare, vec![who.to_owned()]);
    }
    let mut tokens: Vec<String> = story::words(who);
    // What comes after the noun ("with a red hat") describes but does not name.
    let cut = tokens
        .iter()
        .position(|t| matches!(t.as_str(), "with" | "of" | "in" | "who" | "that" | "from"))
        .filter(|c| *c > 0)
        .unwrap_or(tokens.len());
    let after = tokens.split_off(cut);
    if tokens.len() > 1
        && (is_lead(&tokens[0])
            || matches!(
                tokens[0].as_str(),
                "un" | "una" | "el" | "la" | "le" | "une" | "les" | "der" | "die" | "das" | "ein" | "eine"
            ))
    {
        tokens.remove(0);
    }
    let at = (0..tokens.len()).rev().find_map(|i| {
        let pair = (i > 0).then(|| format!("{} {}", tokens[i - 1], tokens[i]));
        pair.as_deref()
            .and_then(lexicon::noun)
            .map(|n| (i, n, 2))
            .or_else(|| lexicon::noun(&tokens[i]).map(|n| (i, n, 1)))
    });
    let bare = at.map_or_else(|| tokens.last().cloned().unwrap_or_default(), |(i, _, _)| tokens[i].clone());
    let mut describing: Vec<String> = tokens.iter().filter(|t| **t != bare).cloned().collect();
    describing.extend(after);
    (at.map(|(_, n, _)| n), bare, describing)
}

// "the keeper" is "the old lighthouse keeper", but "the elder brother" is not "the younger brother".
fn same(found: &Found, noun: Option<&'static Noun>, bare: &str, describing: &[String]) -> bool {
    const APART: &[&[&str]] = &[
        &["elder", "younger", "youngest", "older"],
        &["first", "second", "third"],
        &["old", "young"],
        &["white", "black", "red", "grey", "brown", "blue", "green"],
        &["little", "big"],
    ];
    let head = found.bare == bare
        || matches!((found.noun, noun), (Some(a), Some(b)) if a.word == b.word || a.word.ends_with(&format!(" {}", b.word)) || b.word.ends_with(&format!(" {}", a.word)));
    head && !APART.iter().any(|words| {
        let of = |list: &[String]| words.iter().find(|w| list.iter().any(|d| d == *w)).copied();
        matches!((of(&found.describing), of(describing)), (Some(a), Some(b)) if a != b)
    })
}

fn member(found: &Found, brief: &Brief, described: &[Being], minter: &mut Minter) -> Character {
    let from_theme = described.iter().find(|b| {
        let word = |n: Option<&Noun>| n.map(|n| n.word);
        b.short.eq_ignore_ascii_case(&found.bare) || word(b.noun).is_some() && word(b.noun) == word(found.noun)
    });
    let mut words = found.describing.clone();
    if let Some(being) = from_theme {
        words.extend(story::words(&being.long));
        words.extend(story::words(&being.after));
    }
    let has = |list: &[&str]| {
        words.iter().any(|w| {
            list.contains(&w.as_str())
                || list.iter().any(|l| l.chars().next().is_some_and(lexicon::is_unspaced) && w.contains(l))
        })
    };
    let nature = found.noun.map(|n| n.nature).or(from_theme.map(|b| b.nature)).unwrap_or(Nature::Human);
    // "Stanley" is as old as the grandfather that he is.
    let noun = found.noun.or(from_theme.and_then(|being| being.noun));
    // "a robot gardener" is a robot first.
    let robot = nature == Nature::Human && has(&["robot", "android"]);
    let nature = if robot { Nature::Robot } else { nature };
    let age = if has(&[
        "old", "elderly", "aged", "ancient", "viejo", "vieja", "vieux", "vieille", "alter", "alte", "老", "年老",
    ]) {
        Age::Old
    } else if has(&["little", "small", "child", "baby", "boy", "girl", "小"]) && nature == Nature::Human
        || noun.is_some_and(|noun| noun.age == Age::Child)
    {
        // The younger of two children is a child as well.
        Age::Child
    } else if has(&["young", "younger", "youngest", "teenage", "joven", "jeune", "junger", "junge", "年轻"]) {
        Age::Young
    } else {
        noun.map_or(Age::Adult, |n| n.age)
    };
    // Three friends are three persons; brothers are told apart by their age.
    let which = ["second", "third"].into_iter().find(|which| found.describing.iter().any(|word| word == which));
    let seed = brief.seed.fork(&format!("cast {}", found.bare));
    let seed = which.map_or(seed, |which| seed.fork(which));
    let gender =
        from_theme.filter(|b| !b.plural).map(|b| b.gender).or_else(|| gender_said(found.noun, &words)).unwrap_or_else(
            || match nature {
                Nature::Robot | Nature::Thing => Gender::Neutral,
                _ if seed.fork("gender").value().is_multiple_of(2) => Gender::Female,
                _ => Gender::Male,
            },
        );
    let colour = words
        .iter()
        .find_map(|w| lexicon::colour(w).or_else(|| unspaced_colour(w)))
        .filter(|_| nature != Nature::Human)
        .unwrap_or_default()
        .to_owned();
    let name = sentence_case(found.names.iter().max_by_key(|n| n.len()).map_or("", String::as_str));
    let whole_noun = from_theme
        .and_then(|b| b.noun)
        .filter(|n| n.word.len() > found.noun.map_or(0, |f| f.word.len()))
        .or(found.noun);
    let profession = whole_noun.filter(|n| n.work.is_some()).map_or(String::new(), |n| n.word.to_owned());
    let mut aliases: Vec<String> = found.names.iter().filter(|n| !n.eq_ignore_ascii_case(&name)).cloned().collect();
    for alias in from_theme
        .filter(|b| !b.plural)
        .map(|b| [b.whole(), b.again(), b.first()])
        .into_iter()
        .flatten()
        .chain([found.bare.clone()])
    {
        if !alias.eq_ignore_ascii_case(&name) && !aliases.iter().any(|a| a.eq_ignore_ascii_case(&alias)) {
            aliases.push(alias);
        }
    }
    Character {
        id: minter.cast(),
        drawn_as: None,
        aliases,
        // "The bear" of a theme with a polar bear is that one.
        noun: picture_noun(
            match nature {
                Nature::Human => found.noun,
                _ if robot => lexicon::noun("robot"),
                _ => whole_noun,
            },
            &found.bare,
            nature,
            gender,
            age,
        ),
        nature,
        visible: true,
        features: Features {
            age,
            gender,
            skin: skin(&words, seed),
            hair: hair(&words, nature, age),
            clothes: clothes(&words),
            colour,
            profession,
        },
        name,
    }
}

fn unspaced_colour(word: &str) -> Option<&'static str> {
    word.chars().filter(|c| lexicon::is_unspaced(*c)).find_map(|c| {
        lexicon::colour(&c.to_string()).filter(|_| matches!(c, '白' | '红' | '蓝' | '绿' | '黄' | '赤' | '青' | '緑'))
    })
}

fn picture_noun(noun: Option<&'static Noun>, bare: &str, nature: Nature, gender: Gender, age: Age) -> String {
    if nature != Nature::Human {
        return noun.map_or_else(|| bare.to_owned(), |n| n.word.to_owned());
    }
    let picture = noun.and_then(|n| n.work.as_ref()).map_or("", |w| w.picture);
    if !picture.is_empty() {
        return picture.to_owned();
    }
    match (gender, age) {
        _ if bare == "baby" => "baby",
        (Gender::Female, Age::Child) => "girl",
        (Gender::Male, Age::Child) => "boy",
        (Gender::Neutral, Age::Child) => "child",
        (Gender::Female, _) => "woman",
        (Gender::Male, _) => "man",
        (Gender::Neutral, _) => "person",
    }
    .to_owned()
}

fn skin(words: &[String], seed: Seed) -> u8 {
    let said = words.iter().find_map(|w| match w.as_str() {
        "pale" => Some(0),
        "tanned" | "olive" => Some(2),
        "african" | "nigerian" | "kenyan" | "ethiopian" | "black" => Some(4),
        "indian" => Some(3),
        _ => None,
    });
    said.unwrap_or((seed.fork("skin").value() % 5) as u8)
}

// "with a red hat", "red-haired", "in a blue coat": the words that say hair or clothes, with the one before them.
fn phrase_of(words: &[String], things: &[&str]) -> String {
    let parts: Vec<String> = (0..words.len())
        .filter(|i| things.contains(&words[*i].as_str()))
        .map(|i| {
            if i > 0
                && (lexicon::colour(&words[i - 1]).is_some()
                    || matches!(words[i - 1].as_str(), "long" | "short" | "curly" | "old" | "torn" | "woollen"))
            {
                format!("{} {}", words[i - 1], words[i])
            } else {
                words[i].clone()
            }
        })
        .collect();
    let mut unique: Vec<String> = Vec::new();
    for part in parts {
        if !unique.contains(&part) {
            unique.push(part);
        }
    }
    unique.join(", ")
}

fn hair(words: &[String], nature: Nature, age: Age) -> String {
    let said = phrase_of(
        words,
        &[
            "hair",
            "beard",
            "moustache",
            "braids",
            "curls",
            "bald",
            "red-haired",
            "grey-haired",
            "blond",
            "blonde",
            "fur",
        ],
    );
    if said.is_empty() && nature == Nature::Human && age == Age::Old { "white hair".to_owned() } else { said }
}

fn clothes(words: &[String]) -> String {
    phrase_of(
        words,
        &[
            "hat", "coat", "scarf", "dress", "cape", "boots", "raincoat", "jacket", "uniform", "apron", "sweater",
            "suit", "cap", "glasses", "crown", "cloak", "helmet", "shirt", "gloves",
        ],
    )
}
