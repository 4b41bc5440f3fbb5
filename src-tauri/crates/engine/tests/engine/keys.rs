//! Keys and canonical text.

use engine::{KeyForm, Slot, canonical};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

#[test]
fn canonical_text_has_members_in_order_and_no_space() {
    let check = |value: Value, text: &str| assert_eq!(canonical(&value), text);
    check(json!({"b": 1, "a": [true, null, "x y"]}), r#"{"a":[true,null,"x y"],"b":1}"#);
    check(json!({"é": 1, "z": {"b": 0.5, "a": -2}, "\"": "\n"}), r#"{"\"":"\n","z":{"a":-2,"b":0.5},"é":1}"#);
    check(json!([]), "[]");
}

#[test]
fn every_part_of_a_form_is_in_its_key() {
    let form = KeyForm {
        agent: "a".to_owned(),
        version: "1".to_owned(),
        model: json!({"name": "m", "seed": 1}),
        view: json!({"line": "hello"}),
    };
    let others = [
        KeyForm { agent: "b".to_owned(), ..form.clone() },
        KeyForm { version: "2".to_owned(), ..form.clone() },
        KeyForm { model: json!({"name": "m", "seed": 2}), ..form.clone() },
        KeyForm { view: json!({"line": "hello "}), ..form.clone() },
    ];
    assert_eq!(form.key(), form.clone().key());
    assert_eq!(form.key().as_str().len(), 64);
    for other in others {
        assert_ne!(form.key(), other.key());
    }
}

#[test]
fn a_slot_is_a_safe_text() {
    let check = |text: &str, good: bool| assert_eq!(Slot::new(text).is_ok(), good, "{text:?}");
    check("script", true);
    check("frame/sh_01ab", true);
    check("", false);
    check("frame/", false);
    check("../etc", false);
    check("Frame", false);
    check(&"x".repeat(121), false);
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(".{0,4}", inner, 0..5).prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

/// The same value with the members of every object built in the opposite order.
fn turned(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let turned = members.iter().rev().map(|(name, value)| (name.clone(), turned(value)));
            Value::Object(turned.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(turned).collect(),
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn canonical_text_does_not_depend_on_order_and_loses_nothing(value in values()) {
        let text = canonical(&value);
        prop_assert_eq!(&text, &canonical(&turned(&value)));
        prop_assert_eq!(canonical(&serde_json::from_str(&text).unwrap()), text);
    }
}
