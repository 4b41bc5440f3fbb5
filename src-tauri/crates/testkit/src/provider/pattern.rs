//! A text that matches a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::instance::Chance;

/// A match of `pattern`, or `None` when it is no expression or nothing matches it.
pub(super) fn matching(pattern: &str, chance: &mut Chance) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, chance, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, chance: &mut Chance, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            // Letters and digits where the class has them; a class that excludes a few signs has all of them.
            let plain = ('a'..='z')
                .chain('0'..='9')
                .chain('A'..='Z')
                .filter(|c| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(c)));
            let plain: Vec<char> = plain.collect();
            let first = class.ranges().first()?.start();
            text.push(if plain.is_empty() { first } else { plain[chance.below(plain.len())] });
        }
        HirKind::Class(Class::Bytes(class)) => text.push(char::from(class.ranges().first()?.start())),
        HirKind::Repetition(repeated) => {
            let most = repeated.max.unwrap_or(repeated.min + 8).min(repeated.min + 8);
            let times = repeated.min + chance.below((most - repeated.min + 1) as usize) as u32;
            for _ in 0..times {
                write(&repeated.sub, chance, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, chance, text)?,
        HirKind::Concat(all) => {
            for part in all {
                write(part, chance, text)?;
            }
        }
        HirKind::Alternation(ways) => write(&ways[chance.below(ways.len())], chance, text)?,
    }
    Some(())
}
