//! Who acts: noun phrases whose head is a person, an animal or a being, and names.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use story::Language;

use super::reading::{Reading, Role};
use crate::wording::fold;

/// Words that a noun phrase does not reach back over.
const STOPS: &str = " a an the his her their its my our your this that these those some many every each any another and or but who that which with without of in on at by from to into onto for as is are was were be being been while when where about if so than then there it he she they we you i not no has have had does do did can will would should must like near over under between through across behind before after during until against un una uno unos unas el la los las su sus mi mis nuestro nuestra y o que con sin de del en por para a al se es son une le les des du son sa ses mon ma mes notre et ou qui avec sans dans pour sur au aux est sont d l ein eine einen einem einer eines der die das den dem des sein seine seinen ihr ihre mein meine unser unsere und oder mit ohne in im am auf bei von zu zum zur fur uber als ist sind wie video film clip movie short story tale make create want need showing featuring starring meet meets ";

/// What stands after a being that only describes it: a dog park has no dog.
const DESCRIBED: &str = " food foods shop shops store stores market cafe race races racing house houses shelter park story stories film films video videos show shows day days club school schools toy toys bed collar leash training trainer walking hair eye eyes loan loans size book books room rooms hospital care carrier clinic costume mask sounds song songs team teams feeder bath cage tank bowl milk wool meat cheese farm farms farming industry trade rights welfare shelter shelters insurance company companies career gear movie movies photo photos pictures grooming adoption chow ";

struct Names {
    called: Regex,
    listed: Regex,
    among: Regex,
}

static NAMES: LazyLock<Option<Names>> = LazyLock::new(|| {
    let name = r"[\p{Lu}][\p{L}'’.-]*(?: [\p{Lu}][\p{L}'’-]*){0,2}";
    Some(Names {
        called: Regex::new(&format!(
            r"(?:\b(?:called|named|namens|nommée?s?|appelée?s?|s['’]appelle(?:nt)?|prénommée?|llamad[oa]s?|(?:se )?llama[n]?|heißt|heißen|genannt|names?|Names|(?:[Mm]ain )?[Cc]haracter is|[Pp]rotagonist is|sidekick:|[Hh]auptfigur(?:en)? (?:ist|sind)(?: (?:der|die|das) [\p{{L}}]+)?|[Ss]tarring|[Hh]ero is|interviews? with|interview de|Interviews mit)\s+)({name})(?:(?:,| and| und| y| et| &) ({name}))?(?:,? (?:and|und|y|et|&) ({name}))?|(?:名叫|叫做|叫|主角是|名为)([\p{{Han}}·]{{1,4}}?)(?:的|，|,|。|和|在|与|、|去|$)|(?:主角是)?(?:捕快|侦探|少女|少年|少女の|哑女|公主|王子)([\p{{Han}}]{{2}})|([\p{{Katakana}}\p{{Han}}ー]{{2,8}})(?:という名の|という名前の|という)"
        ))
        .ok()?,
        listed: Regex::new(r"(?:[Cc]haracters?|[Cc]ast|[Rr]oles|[Pp]ersonajes|[Pp]ersonnages|[Ff]iguren|角色|人物|登場人物)\s*(?:are|sind|son|sont)?\s*[:：]\s*([^.。\n]+)").ok()?,
        among: Regex::new(&format!(r"[(]({name})(?:, ({name}))?(?:,? (?:and|&|y|et|und) ({name}))?[)]")).ok()?,
    })
});

/// Those who act in a message, each once, in the order they are named. `used` is what says how, not what.
pub(super) fn found_in(reading: &Reading<'_>, used: &[Range<usize>]) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut named: Vec<Range<usize>> = Vec::new();
    for (at, name, range) in names(reading) {
        if !found.iter().any(|(_, f)| fold(f) == fold(&name)) {
            found.push((at, name));
        }
        named.push(range);
    }
    let list = &reading.words.list;
    for hit in &reading.beings {
        let Some(part) = reading.part_of(hit.words.start) else { continue };
        let inside_used = used.iter().any(|r| r.start <= hit.range.start && hit.range.end <= r.end);
        let after = &reading.text[hit.range.end..];
        let possessive =
            after.starts_with("'s") || after.starts_with("’s") || ends_in_possessive(&reading.text[hit.range.clone()]);
        let next = reading.word(hit.words.end).filter(|w| reading.text[hit.range.end..w.range.start].trim().is_empty());
        let describes = next.is_some_and(|w| DESCRIBED.contains(&format!(" {} ", w.norm)));
        // Of two beings side by side ("robot dog") the second one acts; it takes the first along.
        let continues = reading
            .beings
            .iter()
            .any(|h| h.words.start == hit.words.end && next.is_some() && !list[h.words.start].unspaced);
        if inside_used
            || possessive
            || describes
            || continues
            || (part.role == Role::How && !lists_beings(reading, part.words.start))
            || refused(reading, hit.words.start)
        {
            continue;
        }
        let mut start = hit.words.start;
        while start > part.words.start && hit.words.start - start < 3 && !list[start].unspaced {
            let before = &list[start - 1];
            let joined = reading.text[before.range.end..list[start].range.start].trim_matches([' ', '-']).is_empty();
            if !joined
                || before.unspaced
                || STOPS.contains(&format!(" {} ", before.norm))
                || looks_like_verb(&before.norm)
            {
                break;
            }
            start -= 1;
        }
        let end = named_after(reading, hit.words.end, hit.range.end);
        let phrase = match end {
            // "my dog Waffles" is Waffles.
            Some((name_start, end)) => reading.text[name_start..end].to_owned(),
            None => reading.text[list[start].range.start..hit.range.end].to_lowercase(),
        };
        let close_to_name = named
            .iter()
            .any(|n| n.start >= hit.range.end && n.start - hit.range.end < 3 || n.contains(&hit.range.start));
        let key = fold(&reading.text[hit.range.clone()]);
        let known = found.iter().any(|(_, f)| {
            let f = fold(f);
            f.split(|c: char| !c.is_alphanumeric()).any(|w| w == key) || f.ends_with(&key) || f == fold(&phrase)
        });
        if !known && !close_to_name {
            found.push((hit.range.start, phrase));
        }
    }
    for (at, phrase) in relative(reading, used) {
        if !found.iter().any(|(a, f)| a.abs_diff(at) < 24 || fold(f).contains(&fold(&phrase))) {
            found.push((at, phrase));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, phrase)| phrase).take(12).collect()
}

/// Those who act in a theme.
pub(crate) fn actors(theme: &str) -> Vec<String> {
    found_in(&Reading::of(theme, crate::language_of(theme)), &[])
}

fn ends_in_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s")
}

/// "a mummy, a telescope and a jazz trio": a clause of its own with an article before the being.
fn lists_beings(reading: &Reading<'_>, start: usize) -> bool {
    reading.word(start).is_some_and(|w| {
        matches!(
            w.norm.as_str(),
            "a" | "an" | "two" | "three" | "un" | "una" | "une" | "ein" | "eine" | "zwei" | "dos" | "deux"
        )
    })
}

/// "no people", "ohne Menschen".
fn refused(reading: &Reading<'_>, word: usize) -> bool {
    (word.saturating_sub(2)..word).filter_map(|i| reading.word(i)).any(|w| {
        matches!(
            w.norm.as_str(),
            "no" | "without" | "sin" | "sans" | "ohne" | "keine" | "无" | "没" | "for" | "fur" | "para" | "pour"
        )
    }) && !(word.saturating_sub(1)..word)
        .filter_map(|i| reading.word(i))
        .any(|w| matches!(w.norm.as_str(), "my" | "our"))
}

/// A capitalised word right after a being is its name.
fn named_after(reading: &Reading<'_>, next: usize, from: usize) -> Option<(usize, usize)> {
    let word = reading.word(next)?;
    let raw = &reading.text[word.range.clone()];
    let gap = &reading.text[from..word.range.start];
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    let name = capital && gap == " " && reading.language != Language::De && !word.unspaced;
    name.then_some((word.range.start, word.range.end))
}

/// Names that are given as names.
fn names(reading: &Reading<'_>) -> Vec<(usize, String, Range<usize>)> {
    let Some(patterns) = NAMES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for pattern in [&patterns.called, &patterns.among] {
        for captures in pattern.captures_iter(reading.text) {
            for group in captures.iter().skip(1).flatten() {
                let name = group.as_str().trim_end_matches(['.', '\'']);
                if reading.languages.iter().any(|h| h.range == group.range()) {
                    continue;
                }
                found.push((group.start(), name.to_owned(), group.range()));
            }
        }
    }
    if let Some(list) = patterns.listed.captures(reading.text).and_then(|c| c.get(1)) {
        let mut at = list.start();
        for piece in list.as_str().split([',', ';', '、', '，', '&']).flat_map(|p| p.split(" and ")) {
            let name = piece.trim();
            let name = name.split(" (").next().unwrap_or(name);
            if !name.is_empty() && name.chars().count() <= 40 {
                found.push((at, name.to_owned(), at..at + piece.len()));
            }
            at += piece.len() + 1;
        }
    }
    found
}

/// "a glove who…", "un cactus qui…": what wants something acts, whatever it is.
fn relative(reading: &Reading<'_>, used: &[Range<usize>]) -> Vec<(usize, String)> {
    static WHO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:an?|the|two|three|un|une|una|ein|eine)\s+((?:[^\s,.;:]+ ){0,2}?[^\s,.;:]+),? (?:who(?:se)?|that (?:wants|dreams|learns|falls|refuses|thinks|believes|tries|is afraid|can't|cannot|longs|loves|hates|discovers|decides)|qui|que (?:quiere|sueña|aprende|busca|no|tiene|se)|(?:der|die|das) (?:[^\s,.;:]+ ){1,6}(?:will|möchte|sucht|lernt|träumt|kann|verliebt))\b|\b(?:about|über|sobre|sur) (?:an?|ein|eine|einen|un|une|una) (?:lonely|sad|happy|tiny|little|brave|shy|curious|grumpy|clumsy|lost|forgotten|talking|proud|einsame[nr]?|kleine[nr]?|traurige[nr]?) ([\p{L}-]+)").ok()
    });
    let Some(re) = WHO.as_ref() else { return Vec::new() };
    re.captures_iter(reading.text)
        .filter_map(|c| c.get(1).or_else(|| c.get(2)))
        .filter(|m| !used.iter().any(|r| r.start < m.end() && m.start() < r.end))
        .filter(|m| !super::reading::work_has("work", &fold(m.as_str())))
        .map(|m| (m.start(), m.as_str().to_lowercase()))
        .collect()
}

fn looks_like_verb(word: &str) -> bool {
    let bare = word.len() > 4 && (word.ends_with("ing") || word.ends_with("ends") || word.ends_with("ets"));
    bare && !matches!(
        word,
        "talking"
            | "flying"
            | "singing"
            | "dancing"
            | "walking"
            | "running"
            | "sleeping"
            | "swimming"
            | "living"
            | "young"
            | "king"
            | "aging"
            | "wandering"
            | "retired"
            | "floating"
    ) || matches!(
        word,
        "finds"
            | "helps"
            | "saves"
            | "loves"
            | "rides"
            | "teaches"
            | "sees"
            | "hears"
            | "follows"
            | "chases"
            | "fights"
            | "becomes"
            | "turned"
            | "turns"
            | "takes"
            | "makes"
            | "sells"
            | "carries"
            | "befriends"
            | "wants"
            | "learns"
            | "fressen"
            | "trifft"
            | "findet"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_act_are_found_once_with_their_words() {
        let check = |theme: &str, want: &[&str]| assert_eq!(actors(theme), want, "{theme}");
        check("an old lighthouse keeper who befriends a white whale", &["old lighthouse keeper", "white whale"]);
        check("a hedgehog who is afraid of the dark", &["hedgehog"]);
        check("Tokyo at night in the rain", &[]);
        check("a man riding a cat", &["man", "cat"]);
        check("an excavator named Bruno who digs for treasure", &["Bruno"]);
        check("a lonely kettle who wants to sing", &["lonely kettle"]);
        check("my dog Waffles flying a plane", &["Waffles"]);
        check("my grandfather's barbershop", &[]);
        check("una abuela que aprende a surfear", &["abuela"]);
        check("一只小狐狸在雪地里", &["小狐狸"]);
    }
}
