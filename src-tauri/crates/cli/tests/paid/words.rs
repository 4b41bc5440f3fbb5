//! Money and decisions, asked and answered on the command line.

use crate::studio::{SHORT, Studio, soon};

#[test]
fn a_plan_says_calls_and_price_and_the_ledger_what_was_paid() {
    let studio = Studio::new(soon());
    let models = studio.path("models.toml");
    let plan = studio.run(&["plan", SHORT, "--json", "--models", models.to_str().unwrap()]).ends(0).json();
    let plan = &plan["plan"];
    let micros = |field: &str| plan[field].as_u64().unwrap_or_else(|| panic!("{field} of {plan}"));
    assert!(0 < micros("textLeastMicros") && micros("textLeastMicros") <= micros("textMostMicros"));
    assert!(0 < micros("mediaLeastMicros") && micros("mediaLeastMicros") <= micros("mediaMostMicros"));
    assert_eq!(micros("priceMicros"), micros("textMostMicros") + micros("mediaMostMicros"));
    let kinds: Vec<_> = plan["steps"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|step| step["calls"].as_array().unwrap())
        .map(|calls| calls["kind"].as_str().unwrap())
        .collect();
    assert!(["chat", "image", "video"].iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    assert!(studio.log().requests.is_empty(), "asking costs nothing");

    studio.make(SHORT, &[]).ends(0);
    let ledger = studio.run(&["ledger", &studio.project(), "--json"]).ends(0).json();
    let rows = ledger["rows"].as_array().unwrap();
    let paid = studio.log().requests.iter().filter(|seen| seen.kind.is_paid() && seen.completed).count();
    assert_eq!(rows.len(), paid, "every call has its line");
    let sum: u64 = rows.iter().map(|row| row["micros"].as_u64().unwrap()).sum();
    assert_eq!(ledger["totalMicros"].as_u64(), Some(sum));
    assert!(sum > 0 && sum <= micros("priceMicros"), "{sum} within {plan}");

    let record = studio.view_of_run();
    let cost: f64 =
        record.iter().filter_map(|line| line["cost"].as_f64().filter(|_| line["type"] == "task_finished")).sum();
    assert!((cost - sum as f64 / 1e6).abs() < 1e-6, "{cost} told, {sum} booked");
}

#[test]
fn a_cap_stops_before_the_call_and_its_answer_goes_on() {
    let studio = Studio::new(soon());
    let told = studio.make(SHORT, &["--cap", "0.05"]).ends(3);
    assert!(told.err.contains("The cap of the run is reached") && told.err.contains("--cap"), "{}", told.err);
    let ledger = studio.run(&["ledger", &studio.project(), "--json"]).ends(0).json();
    assert!(ledger["totalMicros"].as_u64().unwrap() <= 50_000, "{ledger}");
    let before = studio.log().requests.iter().filter(|seen| seen.kind.is_paid()).count();
    studio.run(&["resume", "--cap", "20"]).ends(0);
    assert!(studio.log().requests.iter().filter(|seen| seen.kind.is_paid()).count() > before);
    assert_eq!(studio.log().paid_twice().len(), 0);
}

#[test]
fn a_review_waits_at_each_stop_until_it_is_approved() {
    let studio = Studio::new(soon());
    let mut told = studio.make(SHORT, &["--review"]).ends(3);
    let project = studio.project();
    for stop in ["outline", "cast", "storyboard", "shots"] {
        let answer = format!("workprint-cli approve {project} review/{stop}");
        assert!(told.err.contains(&answer), "{stop}: {}", told.err);
        let clips = studio.log().of(testkit::provider::Kind::Video).count();
        assert!(clips == 0 || stop == "shots", "no clip before the stills are approved");
        told = studio.run(&["approve", &project, &format!("review/{stop}")]);
        assert_eq!(told.code, Some(if stop == "shots" { 0 } else { 3 }), "{stop}: {}", told.err);
    }
}

#[test]
fn a_models_file_that_is_wrong_is_told_with_its_line_and_a_key_stays_where_it_is() {
    let studio = Studio::new(soon());
    let file = studio.path("models.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        "[chat]\nadapter = \"openai\"\nbase_url = \"http://127.0.0.1:1/v1\"\nmodel = \"x\"\nmodle = \"y\"\n",
    )
    .unwrap();
    let told = studio.make(SHORT, &[]).ends(2);
    assert!(told.err.contains("models.toml, line") && told.err.contains("modle"), "{}", told.err);

    std::fs::write(&file, text.replace("adapter = \"openai\"", "adapter = \"openai\"\nkey_env = \"PLANTED_KEY\""))
        .unwrap();
    let told = studio.make(SHORT, &[]).ends(1);
    assert!(told.err.contains("PLANTED_KEY"), "{}", told.err);
    let mut film = studio.film(SHORT, &["--events"]);
    film.arg(studio.path("events.jsonl")).env("PLANTED_KEY", "sk-planted-1234");
    assert!(film.output().unwrap().status.success());
    let holds = |path: &std::path::Path| std::fs::read(path).unwrap().windows(10).any(|window| window == b"sk-planted");
    assert!(!holds(&studio.path("library").join("library.db")) && !holds(&studio.path("events.jsonl")));
}

#[test]
fn a_change_says_its_impact_and_undo_makes_nothing() {
    let studio = Studio::new(soon());
    studio.make(SHORT, &[]).ends(0);
    let project = studio.project();
    let calls = || studio.log().requests.iter().filter(|seen| seen.kind.is_paid()).count();
    let before = calls();
    let told = studio.run(&["say", "remove shot 1", "--project", &project]).ends(3);
    assert!(told.err.contains("Nothing was changed yet"), "{}", told.err);
    assert_eq!(calls(), before, "nothing was made");
    studio.run(&["say", "apply it", "--project", &project, "--yes"]).ends(0);
    let changed = calls();
    studio.run(&["undo", "--project", &project]).ends(0);
    assert_eq!(calls(), changed, "what was there is taken again");
    studio.run(&["redo", "--project", &project]).ends(0);
    assert_eq!(calls(), changed);
    let takes = studio.run(&["takes", &project, "film", "--json"]).ends(0).json();
    assert!(takes.as_array().unwrap().len() >= 2, "{takes}");
    studio.run(&["approve", &project, "film"]).ends(0);
}
