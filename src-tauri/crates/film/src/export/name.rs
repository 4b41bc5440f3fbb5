//! File names that every system takes.

/// The longest name without its ending, in bytes: file systems take 255, and a draft of it needs a few more.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, whatever follows the point.
const RESERVED: [&str; 24] = [
    "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt0",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A file name for a title: letters, digits, spaces and a few signs of it, at most 120 bytes of them, with the ending
/// ("mp4") after a point. An empty ending gives a folder's name.
pub fn file_name(title: &str, ending: &str) -> String {
    let kept: String =
        title.chars().map(|c| if c.is_alphanumeric() || "-_'’,&()".contains(c) { c } else { ' ' }).collect();
    let mut name = String::new();
    for word in kept.split_whitespace() {
        let gap = usize::from(!name.is_empty());
        let room = LONGEST.saturating_sub(name.len() + gap);
        let fits = word.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last();
        let Some(end) = fits.filter(|end| *end == word.len() || name.is_empty()) else { break };
        if gap == 1 {
            name.push(' ');
        }
        name.push_str(&word[..end]);
        if end < word.len() {
            break;
        }
    }
    let name = name.trim_start_matches(['-', ' ']).trim_end();
    let name = if name.is_empty() { "Film" } else { name };
    let taken = RESERVED.contains(&name.to_lowercase().as_str());
    let name = if taken { format!("{name} film") } else { name.to_owned() };
    if ending.is_empty() { name } else { format!("{name}.{ending}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_name_is_safe_whatever_the_title() {
        let check = |title: &str, name: &str| assert_eq!(file_name(title, "mp4"), name, "{title:?}");
        check("The Keeper and the Whale", "The Keeper and the Whale.mp4");
        check("../../etc/passwd", "etc passwd.mp4");
        check("<script>alert(1)</script>", "script alert(1) script.mp4");
        check("Who's \"there\"? A/B\\C:D|E*", "Who's there A B C D E.mp4");
        check("灯台守と鯨", "灯台守と鯨.mp4");
        check("🐳", "Film.mp4");
        check("", "Film.mp4");
        check("--rf", "rf.mp4");
        check("NUL", "NUL film.mp4");
        check("Com1.txt", "Com1 txt.mp4");
        assert_eq!(file_name("con", ""), "con film");
        assert_eq!(file_name(&"鯨".repeat(300), "pdf").len(), 120 + 4);
        assert!(file_name(&"long ".repeat(100), "mp4").ends_with("long.mp4"));
    }

    proptest! {
        #[test]
        fn any_title_gives_one_plain_name(title in "\\PC{0,300}|[ -~]{0,300}") {
            let name = file_name(&title, "mp4");
            prop_assert!(name.len() <= 125 && name.len() > 4, "{name:?}");
            prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0']), "{name:?}");
            let stem = name.strip_suffix(".mp4").unwrap();
            prop_assert!(!stem.starts_with(['.', '-', ' ']) && !stem.ends_with(['.', ' ']), "{name:?}");
            prop_assert!(!RESERVED.contains(&stem.to_lowercase().as_str()), "{name:?}");
        }
    }
}
