//! Events as they lie in the stream: what older programs wrote is still understood.

use engine::{Event, Line, Micros, TaskState};
use serde_json::json;

#[test]
fn events_of_older_programs_are_read() {
    let queued = json!({"type": "task", "slot": "frame/a", "state": "queued", "at_ms": 5});
    let Event::Task { state, .. } = serde_json::from_value(queued).unwrap() else { panic!("a state") };
    assert_eq!(state, TaskState::Queued { line: Line::Unnamed });
    let key = "0".repeat(64);
    let done = json!({"type": "task", "slot": "a", "state": "done", "key": key, "took_ms": 7, "at_ms": 5});
    let Event::Task { state, .. } = serde_json::from_value(done).unwrap() else { panic!("a state") };
    assert!(matches!(state, TaskState::Done { took_ms: 7, calls: 0, cost: Micros::ZERO, .. }));
    let error = json!({"kind": "refused", "message": "no", "hint": ""});
    let failed = json!({"type": "task", "slot": "a", "state": "failed", "error": error, "at_ms": 5});
    assert!(matches!(serde_json::from_value(failed).unwrap(), Event::Task { state: TaskState::Failed { .. }, .. }));
    let planned = json!({
        "type": "task_planned", "slot": "a", "agent": "x", "title": "", "needs": [{"one": "b"}, {"every": "c"}],
        "weight_ms": 1, "expands": false,
    });
    assert!(matches!(serde_json::from_value(planned).unwrap(), Event::TaskPlanned { by: None, .. }));
    let step = json!({"agent": "x", "least": 1, "most": 1, "after": [], "group": 0, "weight_ms": 1});
    let plan: engine::Plan = serde_json::from_value(json!({ "steps": [step] })).unwrap();
    assert_eq!(plan.calls(), (0, 0));
}

#[test]
fn new_states_survive_the_stream() {
    let why = engine::TaskError::new(engine::FailureKind::Transport, "no");
    let states = [
        TaskState::Retrying { attempt: 2, again_ms: 9, why },
        TaskState::Queued { line: Line::Provider(engine::Provider("there".to_owned())) },
        TaskState::Unknown { call: engine::CallId("call_1".to_owned()), may_cost: Some(Micros(4)) },
        TaskState::NeedsApproval {
            block: engine::Block::OverCap(engine::OverCap {
                cap: engine::Cap::Day,
                limit: Micros(1),
                spent: Micros(0),
                wanted: Micros(2),
            }),
        },
    ];
    for state in states {
        let event = Event::Task { slot: crate::stage::slot("a"), state, at_ms: 3 };
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event, "{text}");
    }
}
