//! What a chat answer says, out of one JSON document or the pieces of a stream.

use serde::Deserialize;
use serde_json::Value;

/// An answer, put together.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Heard {
    pub(super) text: String,
    pub(super) refusal: Option<String>,
    /// Why it ended, where that was said.
    pub(super) finish: Option<String>,
    /// True when the stream said that it is over.
    pub(super) ended: bool,
    pub(super) usage: Option<Value>,
    /// An error in place of the answer or in the middle of it.
    pub(super) error: Option<Value>,
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<Value>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(alias = "delta")]
    message: Option<Message>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<Content>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Value>),
}

impl Content {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts(parts) => parts.iter().filter_map(|p| p["text"].as_str()).collect(),
        }
    }
}

/// Puts an answer together from one document, or from the events of a stream. The error says what is wrong with it.
pub(super) fn heard(parts: &[String]) -> Result<Heard, &'static str> {
    let mut heard = Heard::default();
    let mut choices = 0;
    for part in parts {
        if part.trim() == "[DONE]" {
            heard.ended = true;
            break;
        }
        let document: Document = serde_json::from_str(part).map_err(|_| "cannot be read as JSON")?;
        heard.usage = document.usage.filter(|u| !u.is_null()).or(heard.usage);
        if let Some(error) = document.error.filter(|e| !e.is_null()) {
            heard.error = Some(error);
            break;
        }
        if let Some(choice) = document.choices.into_iter().next() {
            choices += 1;
            heard.finish = choice.finish_reason.or(heard.finish);
            if let Some(message) = choice.message {
                heard.text.push_str(&message.content.map(Content::text).unwrap_or_default());
                if let Some(refusal) = message.refusal.filter(|r| !r.is_empty()) {
                    heard.refusal.get_or_insert_default().push_str(&refusal);
                }
            }
        }
    }
    if choices == 0 && heard.error.is_none() {
        return Err("holds no choice");
    }
    Ok(heard)
}

/// The text that one event of a stream adds.
pub(super) fn delta(event: &str) -> Option<String> {
    let document: Document = serde_json::from_str(event).ok()?;
    let text = document.choices.into_iter().next()?.message?.content?.text();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[&str]) -> Result<Heard, &'static str> {
        heard(&parts.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn a_stream_says_what_a_document_says() {
        let whole = parts(&[
            r#"{"choices":[{"message":{"role":"assistant","content":"Hello whale"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3}}"#,
        ])
        .unwrap();
        let streamed = parts(&[
            r#"{"choices":[{"delta":{"role":"assistant"},"finish_reason":null}],"usage":null}"#,
            r#"{"choices":[{"delta":{"content":"Hello "}}],"obfuscation":"xx"}"#,
            r#"{"choices":[{"delta":{"content":"whale"}}]}"#,
            r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#,
            r#"{"choices":[],"usage":{"prompt_tokens":3}}"#,
            "[DONE]",
        ])
        .unwrap();
        assert_eq!(Heard { ended: true, ..whole }, streamed);
        assert_eq!(delta(r#"{"choices":[{"delta":{"content":"Hello "}}]}"#).as_deref(), Some("Hello "));
        assert_eq!(delta("[DONE]"), None);
    }

    #[test]
    fn odd_answers_are_told() {
        assert!(parts(&["{\"choi"]).is_err() && parts(&["{\"choices\":[]}"]).is_err() && parts(&[]).is_err());
        let heard = parts(&[r#"{"choices":[{"delta":{"content":"He"}}]}"#, r#"{"error":{"code":502}}"#]).unwrap();
        assert_eq!((heard.text.as_str(), heard.error.is_some(), heard.ended), ("He", true, false));
        let refused = parts(&[r#"{"choices":[{"message":{"content":null,"refusal":"No."}}]}"#]).unwrap();
        assert_eq!(refused.refusal.as_deref(), Some("No."));
        let in_parts = parts(&[r#"{"choices":[{"message":{"content":[{"type":"text","text":"a"}]}}]}"#]).unwrap();
        assert_eq!(in_parts.text, "a");
    }
}
