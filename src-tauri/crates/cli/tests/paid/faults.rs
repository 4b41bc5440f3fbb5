//! A provider of which a third of the answers are wrong in some way.

use testkit::provider::ProviderOptions;

use crate::studio::{Studio, soon};

#[test]
fn with_a_third_of_faults_every_shot_is_made_or_explained_and_nothing_is_paid_twice() {
    let options = ProviderOptions { faults: 0.3, seed: 7, ..soon() };
    // Nothing hangs longer than this.
    let studio = Studio::new(options);
    let file = studio.path("models.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("adapter = \"openai\"\n", "adapter = \"openai\"\ndeadline_s = 5\n")).unwrap();

    let told = studio.make("Make a 24-second film in 2 scenes about a fox who meets a whale", &[]);
    assert!(matches!(told.code, Some(0 | 1 | 3)), "{:?} {}", told.code, told.err);
    let record = studio.view_of_run();
    let ended = record.iter().find(|line| line["type"] == "run_ended").expect("the run ended");
    assert_ne!(ended["outcome"], "cancelled");
    let finished: Vec<_> = record.iter().filter(|line| line["type"] == "task_finished").collect();
    let outcomes: Vec<_> = finished.iter().map(|line| line["outcome"].as_str().unwrap()).collect();
    assert!(outcomes.iter().all(|o| ["done", "cached", "failed", "skipped", "unknown"].contains(o)), "{outcomes:?}");
    for line in record.iter().filter(|line| line["type"] == "task" && line["state"] == "failed") {
        assert!(!line["error"]["message"].as_str().unwrap().is_empty(), "{line}");
    }
    // What a call of which nobody knows may have cost is said, and the answer to it named.
    if outcomes.contains(&"unknown") {
        assert!(told.err.contains("Nobody knows whether a call") && told.err.contains("--send-again"), "{}", told.err);
    }
    // A reply that came whole and was of use is never asked for again.
    let twice = studio.log().paid_twice().len();
    assert_eq!(twice, 0, "paid twice; {}", told.err);

    // The explicit yes brings the rest as far as it can be brought.
    let again = studio.run(&["resume", "--send-again"]);
    assert!(matches!(again.code, Some(0 | 1 | 3)), "{:?} {}", again.code, again.err);
}
