//! A message cut into clauses: the parts between full stops, commas and dashes.

/// The clauses of a message, trimmed, in order, as they were written.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut clauses = vec![String::new()];
    let chars: Vec<char> = text.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        let spaced_dash = matches!(c, '-' | '–' | '—') && i > 0 && chars[i - 1] == ' ';
        let inside_number = matches!(c, '.' | ',') && chars.get(i + 1).is_some_and(char::is_ascii_digit);
        let ends = matches!(c, '.' | ',' | ';' | '!' | '?' | '\n' | '。' | '，' | '、' | '！' | '？' | '；' | '—');
        if (ends && !inside_number) || spaced_dash {
            clauses.push(String::new());
        } else if let Some(last) = clauses.last_mut() {
            last.push(c);
        }
    }
    clauses.into_iter().map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect()
}
