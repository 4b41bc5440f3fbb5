//! Results: blobs, ids carried over, progress.

use engine::{Artifact, BlobHash, BlobSource, FailureKind, Inputs, KeyForm, Output, Sample, TaskContext, TaskError};
use serde_json::{Value, json};

use crate::stage::{Does, Stage, slot};

#[tokio::test(start_paused = true)]
async fn ids_are_carried_over_from_the_last_result() {
    let stage = Stage::new(&[]);
    let scene = |says: u32, id: &str| {
        vec![stage.says("scene", json!(says), &[], Does::Give(json!({ "id": id, "text": says })))]
    };
    let first = stage.run("first", scene(1, "sc_a")).await;
    let second = stage.run("second", scene(2, "sc_b")).await;
    let value = |report: &engine::RunReport| report.results[&slot("scene")].value.clone();
    assert_eq!(value(&first), json!({"id": "sc_a", "text": 1}), "nothing to carry over at first");
    assert_eq!(value(&second), json!({"id": "sc_a", "text": 2}));
}

#[tokio::test(start_paused = true)]
async fn progress_is_told_at_most_twenty_times_a_second_and_the_last_one_wins() {
    let stage = Stage::new(&[]);
    stage.run("run", vec![stage.leaf("clip", &[], Does::Report(1, 1000))]).await;
    let samples = stage.samples.lock().unwrap().clone();
    assert!((19..=21).contains(&samples.len()), "{} samples in a second", samples.len());
    assert!(samples.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 50 && pair[1].1.done > pair[0].1.done));
    for (at_ms, Sample { slot: of, done, .. }) in samples {
        assert_eq!(of, slot("clip"));
        assert!((f64::from(done) * 1000.0 - at_ms as f64).abs() <= 2.0, "{done} at {at_ms} ms is the latest");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lone_context_reads_blobs() {
    let stage = Stage::new(&[]);
    let there = BlobHash::from(blake3::hash(b"png"));
    let context = TaskContext::alone(stage.store.clone(), "nowhere".into());
    context.progress(2.0);
    (context.progress_fn())(0.5);
    std::fs::write(context.file(&there, "image/png"), b"png").unwrap();
    assert_eq!(context.read(&there, "image/png").await.unwrap(), b"png");
    let lost = context.read(&BlobHash::from(blake3::hash(b"lost")), "image/png").await.unwrap_err();
    assert_eq!(lost.kind, FailureKind::Local);
    assert!(lost.kind.is_retryable() && lost.message.contains("cannot be read"), "{lost}");
    assert_eq!(context.scratch(), std::path::Path::new("nowhere"));
}

#[test]
fn a_result_says_what_does_not_fit() {
    let key = KeyForm { agent: "a".into(), version: "1".into(), model: Value::Null, view: Value::Null }.key();
    let artifact = Artifact { key, value: json!({"n": 1}), blobs: Vec::new() };
    let inputs = Inputs::new([(slot("shot/a"), artifact.clone()), (slot("shot/b"), artifact.clone())]);
    let words = |result: Result<(), TaskError>| result.unwrap_err().message;
    assert!(words(artifact.read::<Vec<u8>>().map(drop)).contains("does not fit"));
    assert!(words(artifact.blob("picture").map(drop)).contains("has no picture"));
    assert!(words(inputs.one("look").map(drop)).contains("look was not asked for"));
    assert_eq!(inputs.one("shot/a").unwrap(), &artifact);
    assert_eq!(inputs.every("shot").map(|(slot, _)| slot.member()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(BlobHash::try_from("../x".to_owned()).is_err());
    let output = Output::document(&1).unwrap().with("sound", "audio/wav", BlobSource::Bytes(vec![0]));
    assert_eq!((output.value, output.blobs.len()), (json!(1), 1));
}
