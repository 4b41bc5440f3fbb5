//! Whether the lamps of a scene burn: what is said of a light must be seen.
//!
//! Reads English lines. Does not know where lamps stand.

/// What makes a thing of a place one whose lamp is out ("unlit lighthouse").
pub(crate) const UNLIT: &str = "unlit";

const LAMPS: &[&str] = &["light", "lights", "lamp", "lamps", "lantern", "lanterns", "beacon", "lighthouse"];
const GOES: &[&str] = &["went", "goes", "go", "gone", "going"];
const ENDS: &[&str] = &["failed", "fails", "died", "dies"];
const NEVER: &[&str] = &["never", "not", "nor", "didn't", "doesn't", "won't"];
/// How many words after the lamp its fate may stand.
const REACH: usize = 5;

/// True when one of the lines says that a light goes out.
pub(super) fn out(lines: &[String]) -> bool {
    lines.iter().any(|line| {
        let words = story::words(line);
        words.iter().enumerate().any(|(at, word)| {
            let after = &words[at + 1..words.len().min(at + 1 + REACH)];
            LAMPS.contains(&word.as_str()) && goes_out(after)
        })
    })
}

fn goes_out(words: &[String]) -> bool {
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    let end = words
        .iter()
        .position(|w| is(ENDS, w))
        .or_else(|| words.windows(2).position(|pair| is(GOES, &pair[0]) && is(&["out", "dark"], &pair[1])));
    end.is_some_and(|at| !words[..at].iter().any(|w| is(NEVER, w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_light_that_goes_out_is_out() {
        let check = |line: &str, wanted: bool| assert_eq!(out(&[line.to_owned()]), wanted, "{line}");
        check("Then the storm came, and the light went out.", true);
        check("That night the old lamp failed.", true);
        check("One by one the lights go dark.", true);
        check("The lamp had never once gone out.", false);
        check("When the others went out, they stayed in.", false);
        check("The lighthouse stood where it always had, and she went out to sea in her boat.", false);
        check("", false);
    }
}
