//! What is taken out as words and pages, read again by another program or by the rules of its format.

use std::path::Path;
use std::process::Command;

use film::export::{Papers, fountain, script_pdf, script_text, shot_list, storyboard_pdf};
use proptest::prelude::*;

use crate::papers::{draw, lighthouse, papers};
use crate::support::{QUIET, never};

/// A Fountain text, read by its rules (<https://fountain.io/syntax>).
#[derive(Debug, Default, PartialEq, Eq)]
struct Fountain {
    title: String,
    elements: Vec<Element>,
}

#[derive(Debug, PartialEq, Eq)]
enum Element {
    Heading(String),
    Synopsis(String),
    Action(String),
    Speech { who: String, rows: Vec<String> },
    Other(String),
}

impl Fountain {
    fn read(text: &str) -> Self {
        assert!(!text.contains("/*") && !text.contains("[["), "nothing is cut out and nothing is a note:\n{text}");
        let (head, body) = text.split_once("\n\n").expect("a title page ends with an empty line");
        let title = head.lines().find_map(|line| line.strip_prefix("Title: ")).unwrap_or_default();
        let mut read = Self { title: plain(title), elements: Vec::new() };
        let lines: Vec<&str> = body.lines().collect();
        let is_blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|line| line.trim().is_empty());
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at].trim();
            let (after, before) = (is_blank(Some(at + 1)), is_blank(at.checked_sub(1)));
            at += 1;
            if line.is_empty() {
                continue;
            }
            let upper = line.to_uppercase();
            let opens =
                ["INT.", "EXT.", "EST.", "INT ", "EXT ", "EST ", "INT/", "I/E."].iter().any(|w| upper.starts_with(w));
            let capitals = line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
            read.elements.push(match line.chars().next().unwrap_or(' ') {
                '!' => Element::Action(plain(&line[1..])),
                '=' if !line.starts_with("===") => Element::Synopsis(plain(line[1..].trim())),
                '.' | '>' | '~' | '#' | '=' => Element::Other(line.to_owned()),
                _ if opens && before && after => Element::Heading(plain(line)),
                '@' => read_speech(&line[1..], &lines, &mut at),
                _ if capitals && before && !after => read_speech(line, &lines, &mut at),
                _ if capitals && line.ends_with("TO:") => Element::Other(line.to_owned()),
                _ => Element::Action(plain(line)),
            });
        }
        read
    }
}

fn read_speech(cue: &str, lines: &[&str], at: &mut usize) -> Element {
    let mut rows = Vec::new();
    while let Some(line) = lines.get(*at).filter(|line| !line.trim().is_empty()) {
        rows.push(plain(line.trim()));
        *at += 1;
    }
    let who = cue.split(" (").next().unwrap_or(cue);
    Element::Speech { who: plain(who), rows }
}

/// A text without the marks of emphasis, of which none may be left.
fn plain(text: &str) -> String {
    let bare = text.replace("\\*", "\u{1}").replace("\\_", "\u{2}").replace("\\~", "~");
    assert!(!bare.contains(['*', '_']), "emphasis in {text:?}");
    bare.replace('\u{1}', "*").replace('\u{2}', "_")
}

/// What is left of a text whose notes and cut-out parts were taken apart.
fn apart(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("[[", "[ [").replace("]]", "] ]")
}

fn check_fountain(papers: &Papers) {
    let text = fountain(papers);
    let read = Fountain::read(&text);
    assert_eq!(read.title, apart(&papers.script.title));
    let mut elements = read.elements.into_iter();
    for scene in &papers.script.scenes {
        let heading = elements.next();
        assert!(matches!(&heading, Some(Element::Heading(_))), "{heading:?} is no heading in\n{text}");
        if !apart(&scene.title).is_empty() {
            assert_eq!(elements.next(), Some(Element::Synopsis(apart(&scene.title))), "{text}");
        }
        if !apart(&scene.summary).is_empty() {
            assert_eq!(elements.next(), Some(Element::Action(apart(&scene.summary))), "{text}");
        }
        let mut wanted: Vec<String> = scene.lines.iter().map(|line| apart(&line.text)).collect();
        wanted.retain(|row| !row.is_empty());
        let mut rows: Vec<String> = Vec::new();
        while rows.len() < wanted.len() {
            match elements.next() {
                Some(Element::Speech { rows: said, .. }) => rows.extend(said),
                other => panic!("{other:?} where {:?} should be in\n{text}", &wanted[rows.len()..]),
            }
        }
        assert_eq!(rows, wanted, "{text}");
    }
    assert_eq!(elements.next(), None, "{text}");
}

#[test]
fn the_script_reads_back_as_fountain() {
    check_fountain(&lighthouse());
    let text = fountain(&lighthouse());
    assert!(
        text.contains("\nEXT. THE COAST - DUSK #1#\n") && text.contains("\nINT. THE KITCHEN - DUSK #2#\n"),
        "{text}"
    );
    assert!(text.contains("\nNARRATOR (V.O.)\nEvery night he climbs the stairs.\nNobody on"), "one speech: {text}");
    assert!(text.contains("\nTHE KEEPER\nWho is out there?\n") && text.contains("\n@灯台守\n"), "{text}");
    let second = fountain(&lighthouse().only_scene(2));
    assert!(second.contains("#2#") && !second.contains("#1#"), "{second}");
}

proptest! {
    #[test]
    fn nothing_that_is_written_becomes_a_mark(
        title in "[ -~]{1,60}",
        summary in "[ -~é漢]{0,80}",
        name in "[ -~é漢]{0,20}",
        lines in prop::collection::vec(("[A-Za-z@>!. ]{0,12}", "[ -~é漢]{0,60}"), 0..6),
    ) {
        prop_assume!(!title.trim().is_empty());
        let lines: Vec<(&str, &str)> = lines.iter().map(|(who, text)| (who.as_str(), text.as_str())).collect();
        check_fountain(&papers(&title, &[(&name, &summary, &lines), ("b", "c", &[])]));
    }
}

#[test]
fn the_shot_list_is_a_table_that_works_nothing_out() {
    let papers = lighthouse();
    let bytes = shot_list(&papers).unwrap();
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    let head: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 6, "two shots a scene");
    let at = |row: usize, column: &str| rows[row].get(head.iter().position(|name| name == column).unwrap()).unwrap();
    assert_eq!((at(1, "scene"), at(1, "shot"), at(1, "framing")), ("1", "2", "close-up"));
    assert_eq!((at(1, "start"), at(1, "end"), at(1, "seconds")), ("00:00:02.500", "00:00:05.000", "2.50"));
    assert_eq!(at(1, "line"), "Every night he climbs the stairs. Nobody on the mainland knows why. Who is out there?");
    assert!(at(3, "line").starts_with("'=SUM(A1)"), "a formula stays a text: {}", at(3, "line"));
    for (row, shot) in rows.iter().zip(papers.boards.iter().flat_map(|board| &board.shots)) {
        assert_eq!(row.get(13), Some(shot.id.as_str()));
    }
}

#[test]
fn the_plain_script_has_every_word_in_rows_that_fit() {
    let papers = lighthouse();
    let text = script_text(&papers);
    assert!(text.lines().all(|row| row.chars().count() <= 62), "{text}");
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for line in papers.script.lines() {
        assert!(bare(&text).contains(&bare(&line.text)), "{:?} is not in\n{text}", line.text);
    }
}

/// Runs a program of poppler-utils over a file.
fn poppler(program: &str, args: &[&str], pdf: &Path) -> String {
    let mut command = Command::new(program);
    let output = command.args(&args[..args.len() - 1]).arg(pdf).arg(args[args.len() - 1]).output();
    let output = output.unwrap_or_else(|e| panic!("these tests need {program} (poppler-utils): {e}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a PDF reader finds in a file: its text, and how dark each of its pages is.
fn opened(bytes: &[u8]) -> (String, Vec<f64>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.pdf");
    std::fs::write(&file, bytes).unwrap();
    let text = poppler("pdftotext", &["-layout", "-"], &file);
    let prefix = folder.path().join("page");
    poppler("pdftoppm", &["-r", "40", "-gray", prefix.to_str().unwrap()], &file);
    let mut pages: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "pgm"))
        .collect();
    pages.sort();
    let dark = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        // A binary PGM: "P5", the size and the largest value as words, then one byte a pixel.
        let head = bytes.iter().enumerate().filter(|(_, b)| b.is_ascii_whitespace()).map(|(at, _)| at).nth(3).unwrap();
        let pixels = &bytes[head + 1..];
        pixels.iter().filter(|p| **p < 200).count() as f64 / pixels.len() as f64
    };
    (text, pages.iter().map(|path| dark(path)).collect())
}

fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_script_is_pages_that_a_reader_opens() {
    let papers = lighthouse();
    let (text, dark) = opened(&script_pdf(&papers).unwrap());
    assert_eq!(dark.len(), 2, "a title page and one page");
    assert!(dark.iter().all(|share| (0.002..0.2).contains(share)), "{dark:?}");
    assert!(text.contains("1. EXT. THE COAST - DUSK") && text.contains("NARRATOR (V.O.)"), "{text}");
    for line in papers.script.lines() {
        assert!(words(&text).contains(&words(&line.text)), "{:?} is not in\n{text}", line.text);
    }
    // A long film has numbered pages, and every line is on one.
    let lines: Vec<(&str, &str)> =
        vec![("The keeper", "He climbs the stairs once more, and once more the sea is dark."); 40];
    let scenes: Vec<_> = (0..8).map(|_| ("A night", "The lamp is lit and goes out again.", lines.as_slice())).collect();
    let (text, dark) = opened(&script_pdf(&self::papers("Nights", &scenes)).unwrap());
    assert!(dark.len() > 10, "{} pages", dark.len());
    assert_eq!(
        words(&text).matches("onceMoretheseaisdark").count() + words(&text).matches("oncemoretheseaisdark").count(),
        320
    );
    assert!(text.contains("3."), "{text}");
}

#[test]
fn the_storyboard_is_a_contact_sheet_that_a_reader_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut papers = lighthouse();
    draw(&mut papers, folder.path(), (640, 360));
    let bytes = storyboard_pdf(&papers, 16.0 / 9.0, &never(), QUIET).unwrap();
    assert!(bytes.len() < 300_000, "{} bytes", bytes.len());
    let (text, dark) = opened(&bytes);
    assert_eq!(dark.len(), 1, "six shots are one sheet");
    assert!(dark[0] > 0.2, "the pictures are there: {dark:?}");
    for shown in ["1.1", "3.2", "close-up", "push in", "2.5 s", "6 shots", "The keeper climbs"] {
        assert!(text.contains(shown), "{shown:?} is not in\n{text}");
    }
    // Tall pictures, and one that is not drawn yet.
    let last = papers.pictures.keys().next_back().cloned().unwrap();
    papers.pictures.remove(&last);
    let (text, dark) = opened(&storyboard_pdf(&papers, 9.0 / 16.0, &never(), QUIET).unwrap());
    assert!(!dark.is_empty() && text.contains("not drawn yet"), "{text}");
    let cancel = never();
    cancel.cancel();
    assert!(storyboard_pdf(&papers, 1.0, &cancel, QUIET).is_err());
}
