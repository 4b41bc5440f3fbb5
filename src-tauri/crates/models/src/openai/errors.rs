//! What a provider's error answer means: its kind, what became of the request, and words for a person.

use reqwest::StatusCode;
use serde_json::Value;
use story::clean_text;

use super::http::{Answer, Endpoint};
use crate::{CallError, Delivery, Failure, FailureKind};

/// As much of a provider's own words as is shown.
const SHOWN_CHARS: usize = 300;

/// What the body of an error says, whatever shape it has.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) message: String,
    /// Code and type in one, in lower case.
    pub(super) code: String,
    /// Which parameter is meant, where it is said.
    pub(super) param: String,
    /// The status by the body, for errors inside of another status.
    pub(super) status: Option<u16>,
}

impl Said {
    /// Reads a body: OpenAI's envelope, a plain string, `detail` in its three shapes, or any text but a page.
    pub(super) fn read(body: &[u8]) -> Self {
        let Ok(value) = serde_json::from_slice::<Value>(body) else {
            let text = String::from_utf8_lossy(body);
            let page = text.trim_start().starts_with('<');
            return Self { message: if page { String::new() } else { text.into_owned() }, ..Self::default() };
        };
        Self::of(&value)
    }

    /// Reads a value that may hold an error.
    pub(super) fn of(value: &Value) -> Self {
        let first = value.get(0).unwrap_or(value);
        let inner = [&first["error"], &first["detail"], first].into_iter().find(|v| !v.is_null()).unwrap_or(first);
        let inner = inner.get(0).unwrap_or(inner);
        if let Some(text) = inner.as_str() {
            return Self { message: text.to_owned(), ..Self::default() };
        }
        let text = |name: &str| inner[name].as_str().unwrap_or_default().to_owned();
        let message = [text("message"), text("msg"), text("error")].into_iter().find(|t| !t.is_empty());
        let code = format!("{} {}", text("code"), text("type")).trim().to_lowercase();
        let status = inner["code"].as_u64().or_else(|| inner["status"].as_u64()).and_then(|s| u16::try_from(s).ok());
        Self { message: message.unwrap_or_default(), code, param: text("param"), status }
    }

    /// True when the request was refused for its content.
    pub(super) fn is_refusal(&self) -> bool {
        const CODES: [&str; 6] =
            ["content_policy", "content_filter", "moderation", "safety", "policy_violation", "sensitive"];
        const WORDS: [&str; 4] =
            ["content policy", "safety system", "content management policy", "flagged by moderation"];
        let message = self.message.to_lowercase();
        CODES.iter().any(|c| self.code.contains(c)) || WORDS.iter().any(|w| message.contains(w))
    }

    /// True when the error is about a parameter.
    pub(super) fn is_about(&self, parameter: &str) -> bool {
        self.param.starts_with(parameter) || self.message.contains(parameter)
    }
}

/// An answer with an error status as a failed call. It was not taken, but for a gateway that only says that it did not
/// wait long enough.
pub(super) fn refused(endpoint: &Endpoint, answer: &Answer) -> CallError {
    let said = Said::read(&answer.body);
    let gateway_gave_up = matches!(answer.status.as_u16(), 504 | 524);
    let delivery = if gateway_gave_up { Delivery::Unknown } else { Delivery::NotTaken };
    let location = answer.header("location").unwrap_or_default();
    CallError::new(failure(endpoint, answer.status, &said, location), delivery).after(answer.retry_after)
}

/// An error inside an answer of another status.
pub(super) fn in_answer(endpoint: &Endpoint, said: &Said) -> Failure {
    let status = said.status.and_then(|s| StatusCode::from_u16(s).ok()).filter(|s| !s.is_success());
    failure(endpoint, status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), said, "")
}

fn failure(endpoint: &Endpoint, status: StatusCode, said: &Said, location: &str) -> Failure {
    let who = endpoint.provider();
    let code = status.as_u16();
    let (kind, what, hint) = if said.is_refusal() {
        (FailureKind::Refused, format!("{who} refused the request for its content"), "Say it another way.")
    } else {
        let empty = ["insufficient_quota", "billing", "insufficient_credit", "quota_exceeded"];
        match code {
            402 => (FailureKind::Quota, format!("the account at {who} is empty"), "Add credit at the provider."),
            429 if empty.iter().any(|e| said.code.contains(e)) => {
                (FailureKind::Quota, format!("the account at {who} is empty"), "Add credit at the provider.")
            }
            429 => (FailureKind::RateLimited, format!("{who} gets too many calls"), "Lower the limits of its models."),
            401 => (
                FailureKind::Auth,
                format!("{who} does not accept the key"),
                "Check the key, and that it is for this provider.",
            ),
            403 => (
                FailureKind::Auth,
                format!("{who} does not let this key do that"),
                "Check what the key may do, the account's verification and its region.",
            ),
            404 => (
                FailureKind::Invalid,
                format!("{who} does not know the address or the model"),
                "Check the server's address (up to and with /v1) and the model's name.",
            ),
            408 | 500..=599 => (FailureKind::Transport, format!("{who} failed ({code})"), "Try again later."),
            300..=399 => (
                FailureKind::Invalid,
                format!("{who} has moved to {}", endpoint.clean(location, SHOWN_CHARS)),
                "If you trust that address, use it as the server's address.",
            ),
            _ => (FailureKind::Invalid, format!("{who} does not understand the request ({code})"), ""),
        }
    };
    let words = endpoint.clean(&said.message, SHOWN_CHARS);
    let message = if words.is_empty() { what } else { format!("{what}: {words}") };
    Failure::new(kind, message).hint(hint)
}

/// A provider's words as they may be shown: without the key, in one line, not too long.
pub(super) fn shown(text: &str, chars: usize) -> String {
    let short = clean_text(text, chars);
    if text.chars().count() > chars { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, message: &str, code: &str) {
        let said = Said::read(body.as_bytes());
        assert_eq!((said.message.as_str(), said.code.as_str()), (message, code), "{body}");
    }

    #[test]
    fn every_shape_of_error_is_read() {
        check(r#"{"error":{"message":"no","type":"Invalid","code":"c"}}"#, "no", "c invalid");
        check(r#"{"error":{"code":402,"message":"pay"}}"#, "pay", "");
        check(r#"{"error":"text"}"#, "text", "");
        check(r#"{"detail":"text"}"#, "text", "");
        check(r#"{"detail":[{"msg":"field missing","type":"missing"}]}"#, "field missing", "missing");
        check(r#"{"detail":{"error":"e","message":"m","type":"t"}}"#, "m", "t");
        check(r#"[{"error":{"message":"in a list"}}]"#, "in a list", "");
        check("<html>no</html>", "", "");
        check("plain words", "plain words", "");
        check("{}", "", "");
        assert_eq!(Said::read(br#"{"error":{"code":429,"message":"slow"}}"#).status, Some(429));
    }

    #[test]
    fn refusals_are_told_from_other_errors() {
        let refusal = |body: &str| Said::read(body.as_bytes()).is_refusal();
        assert!(refusal(r#"{"error":{"message":"x","code":"moderation_blocked"}}"#));
        assert!(refusal(r#"{"error":{"message":"Rejected by our safety system."}}"#));
        assert!(!refusal(r#"{"error":{"message":"bad size","code":"invalid_value"}}"#));
    }
}
