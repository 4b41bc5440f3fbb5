//! The program as a terminal meets it: words, exit codes, and what lies on the disk afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const IDEA: &str = "an 8-second film about a fox in the snow";
/// Small and coarse: the film is whole, and made in seconds.
const SMALL: [&str; 4] = ["--size", "256x144", "--fps", "12"];

/// What a call said and how it ended.
struct Told {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Told {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program speaks text");
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

fn workprint(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_workprint-cli"));
    command.args(args).env("WORKPRINT_HOME", home).env_remove("WORKPRINT_FFMPEG").env_remove("WORKPRINT_SHORT_SIDE");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end and demands an exit code and words on standard error.
fn check(command: &mut Command, code: i32, words: &[&str]) -> Told {
    let told = Told::of(&command.output().expect("it runs"));
    assert_eq!(told.code, Some(code), "{command:?}\n{}\n{}", told.out, told.err);
    for word in words {
        assert!(told.err.contains(word), "{command:?} does not say {word:?}:\n{}", told.err);
    }
    told
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn projects(home: &Path) -> Vec<Value> {
    let told = check(&mut workprint(home, &["projects", "--json"]), 0, &[]);
    told.json().as_array().expect("a list").clone()
}

#[test]
fn a_film_is_made_saved_and_told_of() {
    let home = home();
    let (out, events) = (home.path().join("out/fox.mp4"), home.path().join("events.jsonl"));
    let mut film = workprint(home.path(), &["film", IDEA, "--yes"]);
    film.args(SMALL).arg("--out").arg(&out).arg("--events").arg(&events);
    let told = check(&mut film, 0, &["100%"]);
    assert_eq!(told.out.trim_end(), out.display().to_string(), "the path alone is the result");
    let bytes = std::fs::read(&out).unwrap();
    assert_eq!(&bytes[4..8], b"ftyp", "an MP4 file");
    assert!(std::fs::read_to_string(out.with_extension("srt")).unwrap().contains(" --> "));
    assert!(std::fs::read_to_string(out.with_extension("vtt")).unwrap().starts_with("WEBVTT"));

    let lines: Vec<Value> =
        std::fs::read_to_string(&events).unwrap().lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let (finished, stored): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line["type"] == "task_finished");
    let first = stored[0]["seq"].as_u64().unwrap();
    for (line, seq) in stored.iter().zip(first..) {
        assert_eq!(line["seq"].as_u64(), Some(seq), "no gap: {line}");
        assert!(line["type"].is_string(), "{line}");
    }
    assert!(stored.iter().any(|l| l["type"] == "task"));
    assert_eq!(stored.iter().find(|l| l["type"] == "run_ended").unwrap()["outcome"], "finished");

    // Whoever reads the record can find out what every task waited for, and when.
    let named: BTreeMap<&str, &Value> = finished.iter().map(|line| (line["task"].as_str().unwrap(), *line)).collect();
    assert_eq!(named.len(), finished.len(), "each task once");
    let ms = |line: &Value, field: &str| line[field].as_u64().unwrap_or_else(|| panic!("{field} of {line}"));
    for line in named.values() {
        assert_eq!((&line["outcome"], &line["calls"], line["cost"].as_f64()), (&"done".into(), &0.into(), Some(0.0)));
        assert!(ms(line, "queued_ms") <= ms(line, "started_ms") && ms(line, "started_ms") <= ms(line, "finished_ms"));
        for need in line["needs"].as_array().unwrap() {
            let need = named.get(need.as_str().unwrap()).unwrap_or_else(|| panic!("{need} of {line} is a task"));
            assert!(ms(need, "finished_ms") <= ms(line, "started_ms"), "{need} before {line}");
        }
    }
    assert!(named["film"]["needs"].as_array().unwrap().iter().any(|n| n.as_str().unwrap().starts_with("segment/")));

    let replayed = check(&mut workprint(home.path(), &["events"]), 0, &[]).out;
    let replayed: Vec<Value> = replayed.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let of_run = |lines: &[Value]| -> Vec<Value> { lines.iter().filter(|l| l["run"] != "").cloned().collect() };
    assert_eq!(of_run(&replayed), of_run(&lines), "the library tells the same");
    check(&mut workprint(home.path(), &["events", "run_none"]), 1, &["There is no run run_none"]);

    let listed = projects(home.path());
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0]["stage"], &listed[0]["sample"]), (&Value::from("film"), &Value::from(false)));
    assert!((7_600..=8_400).contains(&listed[0]["durationMs"].as_u64().unwrap()), "{}", listed[0]);
    let table = check(&mut workprint(home.path(), &["projects"]), 0, &[]).out;
    assert!(table.contains(listed[0]["id"].as_str().unwrap()) && table.contains("film"), "{table}");
    check(&mut workprint(home.path(), &["resume"]), 1, &["no run to go on with"]);
}

#[test]
fn what_is_not_said_or_not_approved_starts_nothing() {
    let home = home();
    assert!(projects(home.path()).is_empty() && !home.path().join("library.db").exists(), "asking makes no library");
    check(&mut workprint(home.path(), &["film", " ", "--yes"]), 3, &["empty"]);
    let asked = check(
        &mut workprint(home.path(), &["film", "make me a film", "--yes"]),
        3,
        &["What should the film be about?"],
    );
    assert_eq!(asked.out, "");
    check(&mut workprint(home.path(), &["film", "hello", "--yes"]), 3, &[]);
    // A title or a question is no talk where a film is asked for.
    check(&mut workprint(home.path(), &["plan", "Why is the sky blue?"]), 0, &["Why is the sky blue"]);
    assert!(projects(home.path()).is_empty(), "a question leaves nothing behind");

    let mut film = workprint(home.path(), &["film", IDEA]);
    let told = check(film.args(SMALL), 3, &["length", "8 s", "price 0", "Nothing was started", "--yes"]);
    let listed = projects(home.path());
    assert_eq!((listed.len(), &listed[0]["stage"]), (1, &Value::from("planned")));
    assert_eq!(told.out.trim_end(), listed[0]["id"], "the project to say more in");
    check(&mut workprint(home.path(), &["resume"]), 1, &["no run to go on with"]);
}

#[test]
fn wrong_use_is_named() {
    let home = home();
    for (args, word) in [
        (&["film", IDEA, "--yes", "--size", "255x144"][..], "255x144"),
        (&["film", IDEA, "--yes", "--size", "big"], "1280x720"),
        (&["film", IDEA, "--yes", "--fps", "5"], "8..=60"),
        (&["film"], "<MESSAGE>"),
        (&["sheet", "--styles", "--places", "--out", "x.png"], "cannot be used with"),
        (&["sheet", "--out", "x.png"], "--nouns"),
        (&["sheet", "--nouns", "/nonexistent", "--out", "x.png"], "/nonexistent cannot be read"),
        (&["dance"], "dance"),
        (&[], "Usage"),
    ] {
        check(&mut workprint(home.path(), args), 2, &[word]);
    }
    let told = check(&mut workprint(home.path(), &["--help"]), 0, &[]);
    assert!(told.out.contains("WORKPRINT_HOME"), "{}", told.out);
    assert!(!home.path().join("library.db").exists());
}

#[test]
fn a_plan_is_shown_and_kept_nowhere() {
    let home = home();
    let told = check(&mut workprint(home.path(), &["plan", IDEA, "--json"]), 0, &[]);
    let plan = told.json();
    assert_eq!(plan["plan"]["priceMicros"], 0, "{plan}");
    assert!(plan["plan"]["steps"].as_array().is_some_and(|s| s.len() > 5));
    assert!(
        plan["brief"]["chips"].as_array().unwrap().iter().any(|c| c["field"] == "length" && c["value"] == "8"),
        "{plan}"
    );
    check(&mut workprint(home.path(), &["plan", IDEA]), 0, &["post processor", "price 0"]);
    check(&mut workprint(home.path(), &["plan", "make a film"]), 3, &["What should the film be about?"]);
    assert!(projects(home.path()).is_empty());
}

#[test]
fn a_question_is_answered_in_its_project() {
    let home = home();
    let told =
        check(&mut workprint(home.path(), &["say", "make a film", "--json"]), 3, &["What should the film be about?"]);
    let said = told.json();
    let project = said["project"].as_str().unwrap();
    assert!(said["choices"].as_array().is_some_and(|c| !c.is_empty()));
    check(
        &mut workprint(home.path(), &["say", "a fox in the snow", "--project", project]),
        0,
        &["a fox in the snow", "price 0", project],
    );
    let listed = projects(home.path());
    assert_eq!((listed.len(), &listed[0]["stage"]), (1, &Value::from("planned")));
    check(&mut workprint(home.path(), &["say", "hello", "--project", "prj_1"]), 1, &["prj_1"]);
}

#[test]
fn what_is_missing_on_the_machine_is_told() {
    let home = home();
    let report = check(&mut workprint(home.path(), &["doctor", "--json"]), 0, &[]).json();
    let lines = report["lines"].as_array().unwrap();
    for what in ["ffmpeg", "codecs", "voices", "fonts", "disk", "data folder", "display"] {
        assert!(lines.iter().any(|l| l["what"] == what && !l["found"].as_str().unwrap().is_empty()), "{what}");
    }
    let without = |args: &[&str]| {
        let mut command = workprint(home.path(), args);
        command.env("WORKPRINT_FFMPEG", "/nonexistent");
        command
    };
    let told = check(&mut without(&["doctor"]), 1, &[]);
    assert!(told.out.contains("missing ffmpeg") && told.out.contains("WORKPRINT_FFMPEG"), "{}", told.out);
    let told = check(&mut without(&["film", IDEA, "--yes"]), 1, &["/nonexistent", "fmpeg was not found", "Install it"]);
    assert_eq!(told.out, "");
}

#[test]
fn messages_are_understood_in_order() {
    let home = home();
    let ask = |text: &str| {
        let mut child = workprint(home.path(), &["understand"]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let told = Told::of(&child.wait_with_output().unwrap());
        let answers: Vec<Value> = told.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        (told.code, answers, told.err)
    };
    let (code, answers, err) = ask(
        "{\"id\":7,\"text\":\"hello\"}\n\n{\"id\":\"b\",\"text\":\"a film about a whale\"}\n{\"text\":\"un film sur un renard\"}\n",
    );
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let ids: Vec<_> = answers.iter().map(|a| a["id"].clone()).collect();
    assert_eq!(ids, [Value::from(7), Value::from("b"), Value::Null]);
    assert_eq!(
        (&answers[0]["intent"], &answers[1]["intent"]),
        (&Value::from("chat"), &Value::from("video_generation"))
    );

    let (code, answers, err) = ask("{\"id\":1,\"text\":\"hello\"}\nnonsense\n{\"id\":3,\"text\":\"hello\"}");
    assert_eq!(code, Some(2));
    assert!(err.contains("line 2"), "{err}");
    assert_eq!(answers.iter().map(|a| a["id"].as_u64()).collect::<Vec<_>>(), [Some(1), Some(3)]);
}

#[test]
fn contact_sheets_are_pictures() {
    let home = home();
    let nouns = home.path().join("nouns.txt");
    std::fs::write(&nouns, "fox\n\nlantern\n").unwrap();
    for (what, name) in
        [(&["sheet", "--nouns", nouns.to_str().unwrap()][..], "nouns.png"), (&["sheet", "--styles"], "styles.png")]
    {
        let out = home.path().join(name);
        let told = check(workprint(home.path(), what).arg("--out").arg(&out), 0, &[]);
        assert_eq!(told.out.trim_end(), out.display().to_string());
        let bytes = std::fs::read(&out).unwrap();
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 10_000, "{name}: {} bytes", bytes.len());
    }
    assert!(!home.path().join("library.db").exists(), "a sheet needs no library");
}

/// While one process makes a film, another is told who holds the library; an interrupt stops it, and it goes on where
/// it was.
#[cfg(unix)]
#[test]
fn an_interrupted_film_is_kept_and_goes_on() {
    let home = home();
    let mut maker = workprint(home.path(), &["film", IDEA, "--yes"]).args(SMALL).spawn().unwrap();
    let mut told = BufReader::new(maker.stderr.take().unwrap()).lines();
    // Progress is told once the run goes on.
    let begun: Vec<_> = told.by_ref().map_while(Result::ok).take(3).collect();
    assert!(begun.len() == 3 && begun.iter().all(|l| l.contains('%')), "{begun:?}");

    let holder = format!("process {}", maker.id());
    check(
        &mut workprint(home.path(), &["say", "hello"]),
        1,
        &["being used by workprint-cli", &holder, "Close the other one"],
    );
    assert_eq!(projects(home.path()).len(), 1, "reading needs no lock");

    assert!(Command::new("kill").args(["-INT", &maker.id().to_string()]).status().unwrap().success());
    let rest: Vec<_> = told.map_while(Result::ok).collect();
    assert_eq!(maker.wait().unwrap().code(), Some(130), "{rest:?}");
    assert!(
        rest.iter().any(|l| l.contains("what was made is kept")) && rest.iter().any(|l| l.contains("resume")),
        "{rest:?}"
    );
    assert_eq!(projects(home.path())[0]["stage"], "unfinished");

    let resumed = check(&mut workprint(home.path(), &["resume"]), 0, &["(kept)", "100%"]);
    let film = Path::new(resumed.out.trim_end());
    assert!(film.starts_with(home.path()) && film.is_file(), "{}", resumed.out);
    let size = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0"])
        .arg(film)
        .output()
        .unwrap();
    assert_eq!(Told::of(&size).out.trim(), "256,144", "the size it was begun in");
    assert_eq!(projects(home.path())[0]["stage"], "film");
    check(&mut workprint(home.path(), &["resume"]), 1, &["no run to go on with"]);
}
