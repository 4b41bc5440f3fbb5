//! Who acts: noun phrases whose head is a person, an animal or a being, and names.

mod beings;
mod names;
mod subjects;

use std::ops::Range;

use story::Language;

use super::reading::{Reading, Role};
use crate::wording::fold;
use beings::{bare, lists_beings, looks_like_verb, means_no_one, refused};
use names::{beside, named_before, names};
use subjects::{doing, relative};

/// Words that a noun phrase does not reach back over.
const STOPS: &str = " a an the his her their its my our your this that these those some many every each any another and or but who that which with without of in on at by from to into onto for as is are was were be being been while when where about if so than then there it he she they we you i not no has have had does do did can will would should must like near over under between through across behind before after during until against un una uno unos unas el la los las su sus mi mis nuestro nuestra y o que con sin de del en por para a al se es son une le les des du dun dune quun quune son sa ses mon ma mes notre et ou qui avec sans dans pour sur au aux est sont d l ein eine einen einem einer eines der die das den dem des sein seine seinen ihr ihre mein meine unser unsere und oder mit ohne in im am auf bei von zu zum zur fur uber als ist sind wie video film clip movie short story tale make create want need showing featuring starring meet meets include includes including show shows feature features see sees watch watches hire add werden wird hat haben kann will soll geht macht ";

/// What stands after a being that only describes it: a dog park has no dog.
const DESCRIBED: &str = " food foods shop shops store stores market cafe race races racing house houses shelter park story stories film films video videos show shows day days club school schools toy toys bed collar leash training trainer walking hair eye eyes loan loans size book books room rooms hospital care carrier clinic costume mask sounds song songs team teams feeder bath cage tank bowl milk wool meat cheese farm farms farming industry trade rights welfare shelter shelters insurance company companies career gear movie movies photo photos pictures grooming adoption chow auction market hat hats uniform apron outfit suit episode emoji sticker parade ";

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
            || means_no_one(reading, hit)
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
        let given = if reading.language == Language::De { Vec::new() } else { beside(reading, hit.range.end) };
        if let Some((at, name)) = named_before(reading, list[start].range.start) {
            named.push(at..hit.range.end);
            if !found.iter().any(|(_, f)| fold(f) == fold(&name)) {
                found.push((at, name));
            }
            continue;
        }
        if !given.is_empty() {
            for (at, name, range) in given {
                if !found.iter().any(|(_, f)| fold(f) == fold(&name)) {
                    found.push((at, name));
                }
                named.push(range);
            }
            continue;
        }
        let end = named_after(reading, hit.words.end, hit.range.end);
        let phrase = match end {
            // "my dog Waffles" is Waffles.
            Some((name_start, end)) => reading.text[name_start..end].to_owned(),
            None => bare(&reading.text[list[start].range.start..hit.range.end].to_lowercase()).to_owned(),
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
    for (at, phrase) in doing(reading, used) {
        let end = at + phrase.len();
        let told = |a: usize, f: &str| {
            (at..end + 2).contains(&a) || fold(&phrase).contains(&fold(f)) || fold(f).contains(&fold(&phrase))
        };
        if !found.iter().any(|(a, f)| told(*a, f)) {
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

/// A capitalised word right after a being is its name.
fn named_after(reading: &Reading<'_>, next: usize, from: usize) -> Option<(usize, usize)> {
    let word = reading.word(next)?;
    let raw = &reading.text[word.range.clone()];
    let gap = &reading.text[from..word.range.start];
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    let title = raw.len() <= 3 && reading.text[word.range.end..].starts_with('.');
    let name = capital && !title && gap == " " && reading.language != Language::De && !word.unspaced;
    name.then_some((word.range.start, word.range.end))
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
        check("a paper boat sails down the gutter", &["a paper boat"]);
        check("Two sisters, Noor and Salma, restore a boat", &["Noor", "Salma"]);
        check("an epic battle between pepper and salt", &["pepper", "salt"]);
        check("朝4時半の魚市場", &[]);
        check("a hamster in a chef hat", &["hamster"]);
        check("l'amitié d'un garde forestier et d'un loup", &["garde forestier", "loup"]);
    }
}
