//! The manual page and the completions that packages install come from the words of the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

use std::path::{Path, PathBuf};

use clap_complete::{Shell, generate_to};

/// The name that packages install the program under.
const NAME: &str = "workprint";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../packaging")
}

/// A page with every command: clap makes one for each, and a reader wants one.
fn page() -> String {
    let command = cli::command().name(NAME).bin_name(NAME);
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).unwrap();
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone().bin_name(format!("{NAME} {}", sub.get_name())));
        let name = sub.get_name().to_uppercase();
        page.extend(format!(".SH \"{NAME} {name}\"\n").bytes());
        man.render_description_section(&mut page).unwrap();
        man.render_options_section(&mut page).unwrap();
    }
    let text = String::from_utf8(page).unwrap();
    // The parts of a command are below it, not beside it; and no day is in it, so that it stays as it is.
    let parts = [(".SH DESCRIPTION", ".SS DESCRIPTION"), (".SH OPTIONS", ".SS OPTIONS")];
    let (head, rest) = text.split_once(".SH \"workprint ").unwrap_or((&text, ""));
    let rest = parts.iter().fold(rest.to_owned(), |text, (from, to)| text.replace(from, to));
    if rest.is_empty() { head.to_owned() } else { format!("{head}.SH \"workprint {rest}") }
}

#[test]
fn the_manual_and_the_completions_are_fresh() {
    let made = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(made.path().join("man")).unwrap();
    std::fs::write(made.path().join("man/workprint.1"), page()).unwrap();
    let shells = made.path().join("completions");
    std::fs::create_dir_all(&shells).unwrap();
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut cli::command(), NAME, &shells).unwrap();
    }
    for name in
        ["man/workprint.1", "completions/workprint.bash", "completions/_workprint", "completions/workprint.fish"]
    {
        let (new, kept) = (made.path().join(name), folder().join(name));
        if std::env::var_os("WORKPRINT_WRITE_MANUAL").is_some() {
            std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
            std::fs::copy(&new, &kept).unwrap();
        }
        let (new, kept) = (std::fs::read_to_string(new).unwrap(), std::fs::read_to_string(kept).unwrap_or_default());
        assert!(new == kept, "packaging/{name} is old: run `make manual`");
    }
    let page = page();
    for word in ["export", "import", "storyboard", "no\\-captions"] {
        assert!(page.contains(word), "{word} is not in the page");
    }
}
